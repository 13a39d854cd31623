"""The review page: a person sees a document beside what was read, corrects it, and takes the result away."""

from vnadmin_service.review.routes import router

__all__ = ["router"]

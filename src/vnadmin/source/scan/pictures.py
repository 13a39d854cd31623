"""Opens a scan: the pages of a PDF drawn at their pictures' own resolution, and the frames of picture files."""

from __future__ import annotations

import io
import struct
import warnings
from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Self

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, LimitExceeded, MissingExtra
from vnadmin.ocr.image.pixels import without_idle_colour
from vnadmin.ocr.image.prepare import MAX_DPI, PagePicture, likely_dpi, reduced_to
from vnadmin.ocr.reading import PageNotRead
from vnadmin.source.pdf.open import open_pdf
from vnadmin.source.scan.filled_in.slots import HEADER, NO_BLANKS, Blanks
from vnadmin.source.scan.image import is_heif
from vnadmin.source.scan.typed import Typed, typed_on

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

_LEAST_DPI = 72.0
_LOOKED_AT = 1000.0  # pixels along the longer side of a page that is only looked at
_DRAWN_DPI = 200.0  # for pages that hold no picture: text turned into outlines
_PICTURE_SHARE = 0.2  # of the page: a smaller picture (a logo, a stamp) does not say how the page was scanned
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
# What Pillow raises when a file is damaged: SyntaxError for its own, the others by chance, found by fuzzing (a TIFF
# whose second page states no size: TypeError).
_DAMAGE = (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, ArithmeticError, struct.error)
_MEDIA = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "BMP": "image/bmp", "GIF": "image/gif", "HEIF": "image/heic"}


class Scan(ABC):
    """A scan whose pages are drawn one at a time, so that memory stays flat over hundreds of pages."""

    media_type: str

    @abstractmethod
    def __len__(self) -> int:
        """How many pages there are."""

    @abstractmethod
    def picture(self, number: int) -> PagePicture:
        """The picture of a page, from 1.

        Raises:
            PageNotRead: `page_broken` or `page_too_large`: this page cannot be drawn, others may.
        """

    @abstractmethod
    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points, without drawing it."""

    def look(self, number: int) -> PagePicture:
        """A picture of a page that is good enough to see how it is laid out; raises as `picture` does."""
        return self.picture(number)

    @property
    def has_text(self) -> bool:
        """Whether any page has text of its own beside its picture."""
        return False

    def typed(self, number: int) -> Typed:
        """Text laid over a page; asked for after its picture, which does not show it."""
        return Typed()

    def blanks(self, number: int) -> Blanks:
        """Where on a page number and day may be filled in: only the first page has a header."""
        return HEADER if number == 1 else NO_BLANKS

    def close(self) -> None:  # noqa: B027  # pictures in memory hold nothing open
        """Let go of the file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_scan(data: bytes, config: Config) -> Scan:
    """Open a PDF or a picture file, each of its pages as it is.

    Raises:
        DamagedInput, EncryptedInput: it cannot be opened.
        LimitExceeded: more pages than Config allows, or the only picture has more pixels.
    """
    if b"%PDF-" in data[:1029]:
        return PdfScan(data, config)
    return PictureScan(data, config)


class PdfScan(Scan):
    """The pages of a PDF."""

    media_type = "application/pdf"

    def __init__(self, data: bytes, config: Config) -> None:
        self._pdf = open_pdf(data)
        self._max_pixels = config.max_pixels
        if len(self._pdf) > config.max_pages:
            count = len(self._pdf)
            self.close()
            raise LimitExceeded(f"The PDF has {count} pages, more than {config.max_pages} (Config.max_pages).")

    def __len__(self) -> int:
        return len(self._pdf)

    def size(self, number: int) -> tuple[float, float]:
        """See `Scan`."""
        import pypdfium2

        try:
            width, height = self._pdf.get_page_size(number - 1)
        except pypdfium2.PdfiumError as error:
            raise PageNotRead("page_broken", "This page cannot be opened.") from error
        return float(width), float(height)

    def typed(self, number: int) -> Typed:
        """See `Scan`. Offices set number, day and month on a scan as form widgets, portals their stamps."""
        return typed_on(self._pdf.raw, number - 1)

    def look(self, number: int) -> PagePicture:
        """See `Scan`."""
        page = self._page(number)
        try:
            scale = _LOOKED_AT / max(*page.get_size(), 1.0)
            bitmap = page.render(scale=scale, grayscale=True, draw_annots=False)
            pixels = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
            bitmap.close()
        finally:
            page.close()
        return PagePicture(pixels, scale * 72)

    @cached_property
    def has_text(self) -> bool:
        """See `Scan`."""
        return any(_counted(self._pdf, number) for number in range(len(self._pdf)))

    def picture(self, number: int) -> PagePicture:
        """See `Scan`. The scale makes the page's picture land on whole pixels, so that nothing is blurred."""
        import pypdfium2

        page = self._page(number)
        try:
            width, height = page.get_size()
            images = list(page.get_objects((pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4))
            scale = min(_own_scale(images, width, height), self._fitting(width, height))
            # Annotations hold text that `typed` gives exactly, and notes of whoever received the letter.
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False, draw_annots=False)
            pixels = without_idle_colour(bitmap.to_numpy()[..., :3])
            bitmap.close()
            if images and int(pixels.min()) == 255 and not any(map(_opens, images)):
                raise PageNotRead("page_broken", "The picture of this page is damaged.")
        except pypdfium2.PdfiumError as error:
            raise PageNotRead("page_broken", "This page cannot be drawn.") from error
        finally:
            page.close()
        return PagePicture(pixels, scale * 72)

    def close(self) -> None:
        """See `Scan`."""
        self._pdf.close()

    def _page(self, number: int) -> pypdfium2.PdfPage:
        import pypdfium2

        try:
            return self._pdf[number - 1]
        except pypdfium2.PdfiumError as error:
            raise PageNotRead("page_broken", "This page cannot be opened.") from error

    def _fitting(self, width: float, height: float) -> float:
        """The scale at which a page as large as a wall keeps within the limit of pixels."""
        return float((self._max_pixels / max(width * height, 1.0)) ** 0.5)


def _counted(pdf: pypdfium2.PdfDocument, index: int) -> int:
    """Letters in the text layer of a page."""
    import pypdfium2

    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        return 0
    text = page.get_textpage()
    try:
        return int(text.count_chars())
    finally:
        text.close()
        page.close()


def _own_scale(images: list[pypdfium2.PdfImage], width: float, height: float) -> float:
    """Pixels of the page's picture for one point of the page, no more than 300 to the inch.

    The picture is asked, not the file's metadata: scans of 96 to 849 dpi were seen.
    """
    import pypdfium2

    best, most = 0.0, 0
    for image in images:
        try:
            across, down = image.get_px_size()
            left, bottom, right, top = image.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        if (right - left) * (top - bottom) < _PICTURE_SHARE * width * height or across * down <= most:
            continue
        # A picture laid on its side (the page turns it) has its pixels across the other way.
        if (across > down) != (right - left > top - bottom):
            across, down = down, across
        most = across * down
        best = across / (right - left)
        if abs(right - left - width) < 1:
            best = across / width
    if not best:
        return _DRAWN_DPI / 72
    return min(max(best, _LEAST_DPI / 72), MAX_DPI / 72)


def _opens(image: pypdfium2.PdfImage) -> bool:
    """Whether pdfium can unpack a picture; a page whose picture is damaged is drawn white without a word."""
    import pypdfium2

    try:
        image.get_bitmap().close()
    except pypdfium2.PdfiumError:
        return False
    return True


def _pages(image: Image.Image, most: int) -> int:
    """The pages of a TIFF, counted to one more than so many: Pillow compares each with all before it."""
    try:
        for number in range(most + 1):
            image.seek(number)
    except EOFError:
        return number
    finally:
        image.seek(0)
    return most + 1


def _register_heif() -> None:
    try:
        import pi_heif
    except ImportError as error:
        raise MissingExtra("Reading HEIC photographs needs pi-heif.", "pip install 'vnadmin[ocr]'") from error
    pi_heif.register_heif_opener()


class PictureScan(Scan):
    """The frames of a picture file: one, or as many as a TIFF has pages."""

    def __init__(self, data: bytes, config: Config) -> None:
        from PIL import Image

        self._max_pixels = config.max_pixels
        if is_heif(data):
            _register_heif()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Pillow warns of large pictures; the limit of Config decides
                self._image = Image.open(io.BytesIO(data), formats=("HEIF",) if is_heif(data) else _FORMATS)
                self._count = _pages(self._image, config.max_pages) if self._image.format == "TIFF" else 1
        except Image.DecompressionBombError as error:
            raise LimitExceeded(_too_large(self._max_pixels)) from error
        except _DAMAGE as error:
            raise DamagedInput from error
        self.media_type = _MEDIA.get(str(self._image.format), f"image/{str(self._image.format).lower()}")
        if self._count > config.max_pages:
            raise LimitExceeded(f"The file has more than {config.max_pages} pages (Config.max_pages).")
        if self._count == 1 and self._image.width * self._image.height > self._max_pixels:
            self.close()
            raise LimitExceeded(_too_large(self._max_pixels))

    def __len__(self) -> int:
        return self._count

    def size(self, number: int) -> tuple[float, float]:
        """See `Scan`."""
        image = self._frame(number)
        dpi = _stated_dpi(image)
        return image.width * 72 / dpi, image.height * 72 / dpi

    def picture(self, number: int) -> PagePicture:
        """See `Scan`."""
        import numpy as np
        from PIL import ImageOps

        image = self._frame(number)
        if image.width * image.height > self._max_pixels:
            raise PageNotRead("page_too_large", _too_large(self._max_pixels))
        dpi = _stated_dpi(image)
        try:
            pixels = np.asarray(_plain(ImageOps.exif_transpose(image)), dtype=np.uint8)
        except (*_DAMAGE, MemoryError) as error:
            raise PageNotRead("page_broken", "The picture of this page is damaged.") from error
        return reduced_to(PagePicture(without_idle_colour(pixels), dpi))

    def close(self) -> None:
        """See `Scan`."""
        self._image.close()

    def _frame(self, number: int) -> Image.Image:
        try:
            self._image.seek(number - 1)
        except _DAMAGE as error:
            raise PageNotRead("page_broken", "This page of the file is damaged.") from error
        return self._image


def _plain(image: Image.Image) -> Image.Image:
    """The picture in 8-bit grey or RGB, on white paper."""
    from PIL import Image

    if image.mode in ("1", "L"):
        return image.convert("L")
    if image.mode.startswith(("I", "F")):  # 16 bits a pixel and more
        import numpy as np

        values = np.asarray(image, dtype=np.float32)
        low, high = float(values.min()), float(values.max())
        return Image.fromarray(((values - low) * (255 / max(high - low, 1.0))).astype(np.uint8))
    if "A" in image.mode or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        return paper.convert("RGB")
    return image.convert("RGB")


def _stated_dpi(image: Image.Image) -> float:
    """Pixels an inch, from the file where what it states makes a sheet of paper."""
    stated = image.info.get("dpi")
    try:
        value = float(stated[0]) if stated else None
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        value = None
    return likely_dpi(image.width, image.height, value)


def _too_large(limit: int) -> str:
    return f"The picture has more than {limit} pixels (Config.max_pixels)."

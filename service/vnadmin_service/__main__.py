"""`python -m vnadmin_service`: serve with the settings of the environment, as `vnadmin serve` does without options."""

from vnadmin_service.serve import serve
from vnadmin_service.settings import Settings

serve(Settings.read())

"""OpenDocument text (.odt, .ott, .fodt), as LibreOffice and many offices save it."""

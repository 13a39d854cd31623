"""An OCR engine that reads pages fast and oddly: what it gives follows from the pixels, so that a find repeats."""

from __future__ import annotations

import math
import random
import zlib

from vnadmin.config import Config
from vnadmin.layout.page import Box
from vnadmin.ocr.image.prepare import PagePicture
from vnadmin.ocr.reading import PageNotRead, PageReading, ReadLine, ReadWord

_LINES = (
    "ỦY BAN NHÂN DÂN", "TỈNH SƠN HẢI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    "Số: /UBND-VX", "Số: 12 /QĐ-UBND", "Sơn Hải, ngày tháng 9 năm 2021", "QUYẾT ĐỊNH", "Về việc giao dự toán",
    "V/v họp giao ban", "Kính gửi: Các sở, ngành", "Căn cứ Luật Đất đai ngày 29/11/2013;", "Điều 1. Giao Sở Tài chính",
    "1. Báo cáo trước ngày 30/9/2021.", "Nơi nhận:", "- Như trên;", "- Lưu: VT, KT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
    "Trần Văn Thử", "ĐẾN Số: 123 Ngày: 4/5/2021", "(Đã ký)", "PHỤ LỤC I", "2", "|", "…………", "a", "MẬT", "HỎA TỐC",
)  # fmt: skip


class Odd:
    """Lines of a letter at places that a random number decides, seeded by the picture."""

    name = "odd"

    def read(self, picture: PagePicture, seconds: float | None = None) -> PageReading:
        """See `OcrEngine`."""
        chance = random.Random(zlib.crc32(picture.pixels.tobytes()))
        if chance.random() < 0.03:
            raise PageNotRead("page_broken", "Tesseract failed on this page.")
        turned = chance.choice((0, 0, 0, 0, 90, 180, 270))
        width, height = (picture.width, picture.height) if turned % 180 == 0 else (picture.height, picture.width)
        ordered = chance.random() < 0.7
        lines = []
        y = 0.03 * height
        for number in range(chance.choice((0, 1, 3, 6, 9, 12, 15, 28))):
            text = _LINES[number % len(_LINES)] if ordered else chance.choice(_LINES)
            size = chance.choice((13.0, 13.0, 12.0, 14.0, 6.0, 40.0, 0.5))
            x = chance.choice((0.1, 0.12, 0.5, 0.55, 0.7, 0.0, 1.1)) * width
            lines.append(self._line(chance, text, x, y, size))
            y = y + 1.4 * size if chance.random() < 0.8 else chance.uniform(-0.1, 1.1) * height
        seals = tuple(
            Box(x, y, x + 0.2 * width, y + 0.2 * width)
            for x, y in (
                (chance.uniform(0, width), chance.uniform(0, height)) for _ in range(chance.choice((0, 0, 1, 3)))
            )
        )
        skew = chance.choice((0.0, 0.0, 1.2, -4.0))
        return PageReading(width, height, turned, skew, picture.dpi, self.name, tuple(lines), seals)

    @staticmethod
    def _line(chance: random.Random, text: str, x: float, y: float, size: float) -> ReadLine:
        words = []
        for part in text.split():
            wide = 0.5 * size * len(part)
            sure = chance.choice((0.95, 0.95, 0.95, 0.4, 0.0, math.nan))
            drift = chance.choice((0.0, 0.0, 0.3, -0.3)) * size
            words.append(ReadWord(part, Box(x, y + drift, x + wide, y + drift + 0.9 * size), sure))
            x += wide + chance.choice((0.25, 0.25, 0.25, 4.0, -0.2)) * size
        return ReadLine(tuple(words))


def make_odd(config: Config) -> Odd:
    """Makes `Odd`."""
    return Odd()

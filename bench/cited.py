"""What is cited how, on sentences drawn from productions: issuer, title, relation and end of each instrument, wrong or missed.

    python bench/cited.py [--seed N] [--count N] [--show]

The sentences are invented and their answers known by how they are made, so no label is needed. Rules are mended on
one seed and measured on another.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from typing import Final, NamedTuple

import vnadmin

_HEAD: Final = """ỦY BAN NHÂN DÂN
HUYỆN TÂN LỘC
Số: 88/UBND-VX
V/v triển khai nhiệm vụ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Tân Lộc, ngày 12 tháng 4 năm 2026
Kính gửi: Các cơ quan, đơn vị thuộc huyện
"""
_END: Final = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\nĐỗ Quang Vinh\n"
# issuer, notation of its letters
_BODIES: Final = (
    ("Sở Y tế", "SYT-VP"), ("Bộ Tài chính", "BTC-NSNN"), ("Ủy ban nhân dân tỉnh Hải Minh", "UBND-KT"),
    ("Công ty cổ phần Nước sạch Hải Minh", "NSHM-KD"), ("Trường Đại học Hải Minh", "ĐHHM-ĐT"), ("Ban Tổ chức Tỉnh ủy", "BTCTU-TH"),
    ("Cục trưởng Cục Thuế tỉnh", "CT-TTHT"), ("Hội Nông dân tỉnh", "HND-TC"), ("Văn phòng Chính phủ", "VPCP-KGVX"),
    ("Chủ tịch Ủy ban nhân dân huyện Tân Lộc", "UBND-NV"), ("Liên đoàn Lao động tỉnh", "LĐLĐ-CS"),
)  # fmt: skip
_TITLES: Final = (
    "tăng cường quản lý chợ", "hỗ trợ người lao động nghỉ việc; đăng ký nhu cầu năm 2026", "phê duyệt dự án: Cải tạo trạm y tế xã",
    "bồi dưỡng giáo viên, cán bộ quản lý", "kế hoạch thu, chi ngân sách năm 2026", "chủ trương sáp nhập các trạm bơm và kênh mương",
    "xét tặng danh hiệu “Gia đình văn hóa”", "điều chỉnh giá nước sạch (lần 2)",
)  # fmt: skip
# {n}: number and notation, {d}: date, {i}: issuer, {t}: title; {m}, {e}, {j}: number, date, issuer of a second letter
_ONE: Final = (
    ("Thực hiện Công văn số {n} ngày {d} của {i} về {t}, Ủy ban nhân dân huyện yêu cầu các đơn vị báo cáo.", "implements"),
    ("Căn cứ Công văn số {n} ngày {d} của {i} về việc {t}, Ủy ban nhân dân huyện đề nghị các đơn vị báo cáo.", "basis"),
    ("Căn cứ Công văn số {n}, ngày {d}, của {i}, về việc {t};", "basis"),
    ("Căn cứ Công văn của {i} số {n} ngày {d} về việc {t};", "basis"),
    ("Căn cứ Công văn số {n} của {i} ngày {d} về việc {t};", "basis"),
    ("Căn cứ Công văn số {n} ({d}) của {i} về việc {t};", "basis"),
    ("Căn cứ Công văn ngày {d} số {n} của {i} về việc {t};", "basis"),
    ("Căn cứ Công văn số {n} ngày {d} về việc {t} của {i};", "basis"),
    ("Trả lời Công văn số {n} ngày {d} của {i} về việc {t}, Ủy ban nhân dân huyện có ý kiến như sau:", "replies_to"),
    ("Ủy ban nhân dân huyện nhận được Công văn số {n} ngày {d} của {i} hỏi về {t}. Ủy ban nhân dân huyện trả lời như sau:", "replies_to"),
    ("Theo đề nghị của {i} tại Công văn số {n} ngày {d} về việc {t};", "proposal"),
    ("Xét đề nghị của {i} (Công văn số {n} ngày {d} về việc {t});", "proposal"),
    ("Tiếp theo Công văn số {n} ngày {d} của {i} về việc {t}, Ủy ban nhân dân huyện bổ sung danh sách.", "cites"),
    ("Đề nghị Công ty căn cứ Công văn số {n} ngày {d} của {i} về việc {t} để thực hiện.", "cites"),
    ("Ngày {d}, {i} đã ban hành Công văn số {n} về việc {t}.", "cites"),
    ("Thực hiện ý kiến chỉ đạo của {i} tại Công văn số {n} ngày {d} về việc {t}, Ủy ban nhân dân huyện yêu cầu:", "implements"),
    ("Các trường thực hiện đúng quy định tại Công văn số {n} ngày {d} của {i} về việc {t}.", "implements"),
    ("Theo Công văn số {n} ngày {d} của {i} về việc {t}, nhà trường thông báo như sau:", "basis"),
    ("Thực hiện Công văn số {n}; ngày {d} của {i} về việc {t}, Ủy ban nhân dân huyện báo cáo.", "implements"),
    ("Căn cứ Công văn số {n} ngày {d} (được bổ sung tại Thông báo số 5/TB-XYZ ngày 02/02/2026) của {i} về việc {t};", "basis"),
)  # fmt: skip
_TWO: Final = (
    ("Căn cứ các Công văn số {n} ngày {d} và số {m} ngày {e} của {i} về việc {t};", "basis", "one"),
    ("Căn cứ Công văn số {n} ngày {d} của {i} và Công văn số {m} ngày {e} của {j} về việc {t};", "basis", "two"),
    ("Theo đề nghị của {i} tại Công văn số {n} ngày {d} và của {j} tại Công văn số {m} ngày {e};", "proposal", "bare"),
    ("Thực hiện Công văn số {n} ngày {d} và Công văn số {m} ngày {e} của {i} về việc {t}, Ủy ban nhân dân huyện báo cáo.", "implements", "one"),
    ("Xét đề nghị của {i} (Công văn số {n} ngày {d}), {j} (Công văn số {m} ngày {e}), Ủy ban nhân dân huyện có ý kiến:", "proposal", "bare"),
    ("Sau khi xem xét đề nghị của các đơn vị:\n- {i} tại Công văn số {n} ngày {d};\n- {j} tại Công văn số {m} ngày {e}.", "proposal", "bare"),
    ("Ủy ban nhân dân huyện tổng hợp ý kiến, gồm: {i} (Công văn số {n} ngày {d}); {j} (Công văn số {m} ngày {e}).", "cites", "bare"),
    ("Theo ý kiến của {i} (Công văn số {n} ngày {d}), {j} (Công văn số {m} ngày {e}), Ủy ban nhân dân huyện báo cáo.", "basis", "bare"),
)  # fmt: skip


class Wanted(NamedTuple):
    """What is to be read of an instrument."""

    number: str
    date: str
    issuer: str
    title: str | None
    relation: str


class Drawn(NamedTuple):
    """A sentence, its production, and its instruments."""

    text: str
    production: str
    wanted: tuple[Wanted, ...]


def draw(seed: int, count: int) -> list[Drawn]:
    """So many sentences, a third of them with two instruments."""
    chance = random.Random(seed)
    return [_two(chance) if number % 3 == 2 else _one(chance) for number in range(count)]


def _day(chance: random.Random) -> tuple[str, str]:
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    return f"{day:02}/{month:02}/2025", f"2025-{month:02}-{day:02}"


def _one(chance: random.Random) -> Drawn:
    production, relation = chance.choice(_ONE)
    (issuer, notation), title = chance.choice(_BODIES), chance.choice(_TITLES)
    number, (printed, date) = f"{chance.randint(10, 4999)}/{notation}", _day(chance)
    text = production.format(n=number, d=printed, i=issuer, t=title)
    return Drawn(text, production, (Wanted(number, date, issuer, title, relation),))


def _two(chance: random.Random) -> Drawn:
    production, relation, whose = chance.choice(_TWO)
    (issuer, notation), (other, further) = chance.sample(_BODIES, 2)
    if whose == "one":
        other, further = issuer, notation
    title = chance.choice(_TITLES)
    first, second = chance.sample(range(10, 4999), 2)
    (printed, date), (later, day) = _day(chance), _day(chance)
    numbers = f"{first}/{notation}", f"{second}/{further}"
    text = production.format(n=numbers[0], m=numbers[1], d=printed, e=later, i=issuer, j=other, t=title)
    told = None if whose == "bare" else title
    return Drawn(
        text,
        production,
        (Wanted(numbers[0], date, issuer, told, relation), Wanted(numbers[1], day, other, told, relation)),
    )


def main() -> None:
    """Print what is wrong of a draw, by production with `--show`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--show", action="store_true", help="the productions that are read wrong, one sentence each")
    args = parser.parse_args()
    tally: Counter[str] = Counter()
    shown: dict[tuple[str, str], list[str]] = {}
    instruments = 0
    for sentence in draw(args.seed, args.count):
        read = {one.number: one for one in vnadmin.parse_text(_HEAD + sentence.text + _END).legal_references}
        for wanted in sentence.wanted:
            instruments += 1
            one = read.pop(wanted.number, None)
            if one is None:
                wrong = ["lost"]
            else:
                answers = {
                    "date": one.issued_on == wanted.date,
                    "issuer": one.issuer == wanted.issuer,
                    "title": one.title == wanted.title,
                    "relation": one.relation == wanted.relation,
                }
                wrong = [field for field, right in answers.items() if not right]
            for field in wrong:
                tally[field] += 1
                printed = "" if one is None or field == "lost" else f" [{getattr(one, field, one.issued_on)}]"
                shown.setdefault((field, sentence.production), []).append(sentence.text + printed)
    print(f"{args.count} sentences, {instruments} instruments, wrong: {dict(sorted(tally.items()))}")
    for (field, production), texts in sorted(shown.items()) if args.show else ():
        print(f"{len(texts):4} {field}: {production}\n     {texts[0]}")


if __name__ == "__main__":
    main()

"""Who must do what by when, on sentences drawn from productions: how many assignees and time limits are wrong or missed.

    python bench/duties.py [--seed N] [--count N] [--show]

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
Tân Lộc, ngày 12 tháng 4 năm 2023
Kính gửi: Các cơ quan, đơn vị thuộc huyện
"""
_END: Final = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nCHỦ TỊCH\nĐỗ Quang Vinh\n"
_ITEMS: Final = 20  # sentences of one letter
_BODIES: Final = (
    "Phòng Nội vụ", "Sở Tài chính", "Ủy ban nhân dân các xã", "Công an huyện", "các trường trung học cơ sở",
    "Hiệu trưởng các trường", "Trung tâm Y tế huyện", "các doanh nghiệp vận tải", "Hội Nông dân huyện", "Ban Quản lý chợ",
    "các hộ kinh doanh", "Đài Truyền thanh huyện", "Trưởng thôn", "mỗi giáo viên", "thí sinh", "Đoàn Thanh niên",
)  # fmt: skip
_ACTS: Final = (
    "rà soát danh sách hộ nghèo", "kiểm tra việc niêm yết giá", "lập dự toán kinh phí", "gửi báo cáo kết quả",
    "hoàn thành việc kê khai", "tổ chức tập huấn", "nộp hồ sơ đăng ký", "xây dựng phương án bảo vệ rừng",
)  # fmt: skip
_TIMES: Final = (
    "trước ngày 15/6/2023", "chậm nhất là ngày 20/7/2023", "trong quý III năm 2023", "trong tháng 9/2023",
    "trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản", "xong trước 16h00 ngày 05/5/2023",
    "không quá 2 học kỳ tiếp theo", "ngay sau khi nhận được văn bản", "trước ngày 20 tháng Chạp", "đến hết ngày 30/9/2023",
    "muộn nhất 03 ngày sau khi kết thúc đợt kiểm tra", "từ ngày 01/6/2023 đến ngày 10/6/2023",
)  # fmt: skip
# {a}, {b}, {c}: bodies that are obliged; {x}: one that is not; {v}: what is to be done; {t}: by when
_DUTIES: Final = (
    "{A} có trách nhiệm {v} {t}.",
    "{A} {v} {t}.",
    "{A} chủ trì, phối hợp với {b} {v} {t}.",
    "Giao {a} {v} {t}.",
    "Giao {a} chủ trì, {b} phối hợp {v} {t}.",
    "Yêu cầu {a} và {b} {v} {t}.",
    "Đề nghị {a} {v}, hoàn thành {t}.",
    "Đối với {a}, {b} và {c} phải {v} {t}.",
    "Đối với {a}: {V} {t}.",
    "{A} phân công {x} {v} {t}.",
    "{A} chỉ đạo {x} {v} {t}.",
    "{A} (đầu mối: ông Lê Văn Tám) {v} {t}.",
    "Căn cứ tình hình thực tế, {a} {v} {t}.",
    "Trong quá trình thực hiện, nếu có vướng mắc thì {a} phải {v} {t}.",
    "Việc kê khai do {a} thực hiện {t}.",
    "Trách nhiệm của {a}: {V} {t}.",
    "{A} cử 02 cán bộ tham gia, {v} {t}.",
    "{A} cần {v} {t}.",
    "{A} khẩn trương {v} {t}.",
    "Phân công {a} làm đầu mối {v} {t}.",
    "{V} {t}; {a} chịu trách nhiệm thực hiện.",
    "Đơn vị thực hiện: {a}; thời gian hoàn thành: {t}.",
    "Nếu không có ý kiến khác, {a} {v} {t}.",
)
_NONE: Final = (
    "{X} đã {v} từ ngày 01/3/2023.",
    "Trong quý I năm 2023, {x} đã {v}.",
    "{X} là cơ quan thuộc huyện.",
    "Hội thi diễn ra từ ngày 05/6/2023 đến ngày 07/6/2023.",
    "{X} được hưởng hỗ trợ theo quy định.",
    "Thành phần tham dự: đại diện {x}.",
    "Lễ khai mạc tổ chức ngày 05/6/2023.",
    "Quyết định giao nhiệm vụ có hiệu lực từ ngày 01/6/2023.",
    "Vòng chung kết: Ngày 05/6/2023, tại sân vận động huyện.",
    "Ngày 05/6/2023: Khai mạc triển lãm tại nhà văn hóa.",
    "Thời gian họp: 08 giờ 00 ngày 05/6/2023.",
    "Học sinh nghỉ hè từ ngày 01/6/2023 đến ngày 31/8/2023.",
    "Đến ngày 30/6/2023, {x} đã {v}.",
    "{X} không được thu thêm khoản ngoài quy định.",
    "Quyền hạn của {x} do pháp luật quy định.",
    "Dự kiến tổng kết trong tháng 12/2023.",
)
_JOINING: Final = frozenset(("và", "các", "với", "hoặc"))


class Sentence(NamedTuple):
    """A sentence with the words of whom it obliges and its time limit."""

    text: str
    production: str
    obliged: Counter[str]
    limit: str


def draw(seed: int, count: int) -> list[Sentence]:
    """So many sentences, a third of which oblige nobody."""
    chance = random.Random(seed)
    return [_sentence(chance, chance.choice(_NONE if number % 3 == 2 else _DUTIES)) for number in range(count)]


def _sentence(chance: random.Random, production: str) -> Sentence:
    a, b, c, x = chance.sample(_BODIES, 4)
    act, time = chance.choice(_ACTS), chance.choice(_TIMES)
    text = production.format(
        a=a, b=b, c=c, x=x, v=act, t=time, A=a[0].upper() + a[1:], X=x[0].upper() + x[1:], V=act[0].upper() + act[1:]
    )
    obliged = (
        [a] * ("{a}" in production or "{A}" in production) + [b] * ("{b}" in production) + [c] * ("{c}" in production)
    )
    return Sentence(text, production, _words(obliged), time if "{t}" in production else "")


def _words(names: list[str]) -> Counter[str]:
    return Counter(word for name in names for word in name.lower().split() if word not in _JOINING)


def main() -> None:
    """Print what is wrong and what is missed of a draw, by production with `--show`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument(
        "--show", action="store_true", help="the productions that are read wrong, with one sentence each"
    )
    args = parser.parse_args()
    sentences = draw(args.seed, args.count)
    tally: Counter[str] = Counter()
    shown: dict[tuple[str, str], list[str]] = {}
    for first in range(0, len(sentences), _ITEMS):
        part = sentences[first : first + _ITEMS]
        body = "\n".join(f"{number}. {sentence.text}" for number, sentence in enumerate(part, 1))
        read = vnadmin.parse_text(_HEAD + body + _END).directives
        items = {item.marker: item for item in read}
        for number, sentence in enumerate(part, 1):
            item = items.get(str(number))
            if item is None:
                tally["items lost"] += 1
                continue
            names = _words(list(item.assignees))
            limit = item.deadline.text.lower() if item.deadline else ""
            answers = {
                "assignees missed": bool(sentence.obliged - names),
                "assignees wrong": bool(names - sentence.obliged),
                "limits missed": bool(sentence.limit) and sentence.limit.lower() not in limit,
                "limits wrong": bool(limit) and (not sentence.limit or sentence.limit.lower() not in limit),
            }
            for answer in (answer for answer, holds in answers.items() if holds):
                tally[answer] += 1
                shown.setdefault((answer, sentence.production), []).append(sentence.text)
    duties = sum(bool(sentence.obliged) for sentence in sentences)
    print(f"{len(sentences)} sentences, {duties} with a duty: {dict(sorted(tally.items()))}")
    for (answer, production), texts in sorted(shown.items()) if args.show else ():
        print(f"{len(texts):4} {answer}: {production}\n     {texts[0]}")


if __name__ == "__main__":
    main()

"""Words of which invented letters are made: places, agencies, types, persons, bodies, tasks, topics. None is real."""

from __future__ import annotations

PLACES = ("Sơn Hải", "Tân Lương", "Đông Giang", "Phú Mỹ Đông", "An Lạc", "Ea Súp Bắc", "Bình Ước", "Nghĩa Đô Thượng")
# (parent, lines of the issuer, its code)
AGENCIES = (
    (None, ("ỦY BAN NHÂN DÂN", "TỈNH SƠN HẢI"), "UBND"),
    (None, ("UỶ BAN NHÂN DÂN", "HUYỆN TÂN LƯƠNG"), "UBND"),
    (None, ("HỘI ĐỒNG NHÂN DÂN", "TỈNH ĐÔNG GIANG"), "HĐND"),
    (None, ("BỘ NỘI VỤ",), "BNV"),
    ("UBND TỈNH SƠN HẢI", ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",), "SNNMT"),
    ("UBND TỈNH ĐÔNG GIANG", ("SỞ GIÁO DỤC VÀ ĐÀO TẠO",), "SGDĐT"),
    ("ỦY BAN NHÂN DÂN HUYỆN TÂN LƯƠNG", ("PHÒNG TÀI CHÍNH - KẾ HOẠCH",), "PTCKH"),
    ("BỘ NỘI VỤ", ("CỤC VĂN THƯ VÀ LƯU TRỮ NHÀ NƯỚC",), "VTLTNN"),
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO ĐÔNG GIANG", ("TRƯỜNG THPT NGHĨA ĐÔ",), "THPTNĐ"),
)
TYPES = (
    ("QĐ", "QUYẾT ĐỊNH"), ("CT", "CHỈ THỊ"), ("TB", "THÔNG BÁO"), ("HD", "HƯỚNG DẪN"), ("CTr", "CHƯƠNG TRÌNH"), ("KH", "KẾ HOẠCH"),
    ("PA", "PHƯƠNG ÁN"), ("ĐA", "ĐỀ ÁN"), ("DA", "DỰ ÁN"), ("BC", "BÁO CÁO"), ("TTr", "TỜ TRÌNH"), ("NQ", "NGHỊ QUYẾT"),
)  # fmt: skip
UNITS = ("VX", "NC", "KTTH", "TCHC", "NN", "VP", "QLCL", "KT1")
NAMES = (
    "Trần Văn Thử", "Lê Thị Hoài Thanh", "Nguyễn Minh Mẫu", "Phạm Đức Ví Dụ", "Hoàng Ngọc Ánh", "Đỗ Quang Huy", "Vũ Thị Kim Oanh",
    "Bùi Xuân Trường", "Y Thơm Niê", "Lý A Páo",
)  # fmt: skip
BODIES = (
    "Bộ Nội vụ", "Sở Tài chính", "Văn phòng Ủy ban nhân dân tỉnh", "Ủy ban nhân dân các xã, phường", "Các phòng, ban chuyên môn",
    "Ban Quản lý dự án Sơn Hải", "Kho bạc Nhà nước khu vực IV", "Hội Liên hiệp Phụ nữ huyện", "Các Sở: Y tế, Tài chính, Xây dựng",
    "Công an tỉnh", "Trường Trung cấp nghề Đông Giang", "Trung tâm Y tế huyện Tân Lương",
)  # fmt: skip
ENDS = ("./.", ".", "/.", ". /.", "./", ".//.")  # domain.md 6.3
PURPOSES = (
    "để b/c",
    "để báo cáo",
    "để thực hiện",
    "để t/h",
    "để phối hợp",
    "b/c",
    "để biết",
    "để đăng tải",
    "để kiểm tra",
)
ACTIONS = (
    "rà soát số liệu của các đơn vị trực thuộc", "tổng hợp kết quả thực hiện nhiệm vụ được giao", "bố trí kinh phí từ nguồn dự toán đã giao",
    "kiểm tra, đôn đốc tiến độ thi công", "tuyên truyền nội dung đến từng hộ dân", "hoàn thiện hồ sơ nghiệm thu theo quy định",
    "cập nhật dữ liệu lên phần mềm quản lý",
)  # fmt: skip
TOPICS = (
    "phòng, chống thiên tai và tìm kiếm cứu nạn", "giao dự toán chi ngân sách nhà nước", "kiểm kê tài sản công tại các đơn vị",
    "tổ chức Ngày hội Đọc sách", "tăng cường công tác bảo đảm an toàn thực phẩm", "rà soát đối tượng được hưởng trợ cấp",
    "sửa chữa, nâng cấp tuyến đường liên xã", "tập huấn nghiệp vụ văn thư, lưu trữ", "phê duyệt quy hoạch chi tiết khu dân cư",
)  # fmt: skip
# Of the Party: (parent, issuer, its code, the body that signs, the head)
PARTY = (
    ("TỈNH ỦY SƠN HẢI", "VĂN PHÒNG", "VPTU", "LÃNH ĐẠO VĂN PHÒNG", "CHÁNH VĂN PHÒNG"),
    ("TỈNH ỦY ĐÔNG GIANG", "BAN TỔ CHỨC", "BTCTU", "BAN TỔ CHỨC", "TRƯỞNG BAN"),
    ("ĐẢNG BỘ TỈNH SƠN HẢI", "HUYỆN ỦY TÂN LƯƠNG", "HU", "BAN THƯỜNG VỤ", "BÍ THƯ"),
    (None, "TỈNH ỦY SƠN HẢI", "TU", "BAN THƯỜNG VỤ", "BÍ THƯ"),
)

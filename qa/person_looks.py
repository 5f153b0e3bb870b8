"""How persons look in a Vietnamese sentence: a name with a title, an age or a post, or one who says something."""

from __future__ import annotations

CAPITAL = r"[A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ]"
NAME_PART = rf"{CAPITAL}[\w'’.-]{{0,40}}+"  # bounded, for a line of capitals without an end
NAME = rf"{NAME_PART}(?: {NAME_PART}){{1,4}}"
_ADDRESS = (  # stands right before a name, or before a word or two that tell more: "bác sĩ sản khoa Lê Thị Hoa"
    r"(?:ông|bà|anh|chị|cô|chú|em|bé|cụ|đồng chí|ngài|bác sĩ|bs|gs|pgs|ts|ths|giáo sư|tiến sĩ|thạc sĩ|chuyên gia|"
    r"nhà khoa học|luật sư|liệt sĩ|ca sĩ|diễn viên|cầu thủ|bệnh nhân|dược sĩ|điều dưỡng|nữ hoàng|vua)"
)
_TITLE = (
    r"(?:bí thư|chủ tịch|thủ tướng|bộ trưởng|thứ trưởng|đại sứ|giám đốc|tổng giám đốc|tổng thống|tổng bí thư|trưởng|"
    r"phó|ủy viên|uỷ viên)"
)
_TITLE_BESIDE = (  # words that also stand far from a name that is no person's
    r"(?:(?:thiếu|trung|thượng|đại) (?:tướng|tá|úy|uý)|trọng tài|thẩm phán|thống đốc|thị trưởng|nghị sĩ|ngoại trưởng|"
    r"huấn luyện viên|hlv|thủ môn|tiền đạo|tiền vệ|hậu vệ|vận động viên|võ sĩ|tay vợt|nhạc sĩ|nghệ sĩ|nsnd|nsưt|họa sĩ|"
    r"đạo diễn|nhà (?:(?:\w+ ){1,2}học|báo|văn|thơ|vật lý|kinh tế|sáng lập|thiết kế|nghiên cứu)|doanh nhân|tỷ phú|"
    r"ceo|kts|kiến trúc sư|"
    r"kỹ sư|bị cáo|bị can|nghi phạm|nạn nhân|công tố viên|phóng viên|tác giả|hoa hậu|người mẫu|thủ khoa|thí sinh|cháu|"
    r"bscki{0,2}|thuyền trưởng|cơ trưởng|phi công|chồng|vợ|mẹ|cha|bố|con trai|con gái|giáo viên|hiệu trưởng|"
    r"trưởng khoa|điều tra viên)"
)
SAYS = (
    "cho biết|nói|khẳng định|nhấn mạnh|phát biểu|cho hay|chia sẻ|khuyên|kể|bày tỏ|nhận định|đánh giá|thừa nhận|"
    "cho rằng|giải thích|tiết lộ|trả lời|phân tích|lý giải|khuyến cáo|cảnh báo|tâm sự|dự báo|ghi bàn|mở tỉ số|đánh đầu"
)
_POST = rf"(?:(?:cựu|nguyên|quyền) )?(?:người|tổng|{_ADDRESS}|{_TITLE}|{_TITLE_BESIDE})(?!\w)"
PERSON = (
    rf"(?i:(?<!\w){_ADDRESS})[. ](?:[^\W\d_A-ZĐ]+ ){{0,3}}?{NAME}|"
    rf"(?i:{_TITLE})[^.;]{{0,60}}?{NAME}|(?i:(?<!\w){_TITLE_BESIDE}(?!\w))[^.;,]{{0,25}}?{NAME}|"
    rf"(?>{NAME})(?:[^.;]{{0,20}}(?i:{SAYS})|, \d\d tuổi|,? \((?:\d\d tuổi|SN|sinh)|, (?i:{_POST}))"
)
# "bác sĩ Phú", whom the text named before, but not "chuyên gia FDA"
ADDRESSED = rf"(?i:(?<!\w){_ADDRESS})[. ]{CAPITAL}[^\W\dA-ZĐ_]"

# What stands beside a name in one clause and tells who that is; courtesy alone tells nothing.
COURTESY = "ông|bà|anh|chị|cô|chú|bác|em|cụ|ngài|đồng chí|mr|mrs|ms|dr"
PROFESSION = (
    "bác sĩ|dược sĩ|điều dưỡng|bệnh nhân|luật sư|bị cáo|bị can|nghi phạm|nạn nhân|giáo sư|phó giáo sư|tiến sĩ|"
    "thạc sĩ|kỹ sư|giáo viên|học sinh|sinh viên|công nhân|ca sĩ|nhạc sĩ|nghệ sĩ|họa sĩ|diễn viên|đạo diễn|tác giả|"
    "hoa hậu|người mẫu|cầu thủ|tiền đạo|tiền vệ|hậu vệ|thủ môn|huấn luyện viên|vận động viên|trọng tài|phóng viên|"
    "chuyên gia|doanh nhân|tỷ phú|nhà (?:báo|văn|thơ|khoa học|nghiên cứu|ngoại giao|kinh tế|thiết kế)|liệt sĩ|"
    "(?:thiếu|trung|thượng|đại) (?:tướng|tá|úy|uý)"
)
OFFICE = (
    "(?:phó |tổng )?(?:bí thư|chủ tịch|giám đốc|thủ tướng|thư ký|lãnh sự|biên tập)|tổng bí thư|tổng thống|trưởng|"
    "phó|(?:viện|hiệu|bộ|thứ|ngoại|thị|tỉnh|thuyền|cơ|đội) trưởng|quốc vương|nữ hoàng|vua|thái tử|đại sứ|tham tán|"
    "công sứ|(?:ủy|uỷ|thành|chuyên|điều phối|kiểm sát|công tố|(?:người )?phát ngôn) viên|đại biểu|đại diện|nghị sĩ|"
    "thống đốc|chánh|cố vấn|thẩm phán|tư lệnh|chỉ huy|lãnh đạo|cán bộ|ceo|nhà sáng lập|"
    "chủ (?:nhiệm|tọa|sở hữu|nhà|quán|tàu|doanh nghiệp|hộ)|"
    "người (?:sáng lập|đồng sáng lập|đứng đầu|phụ trách|dân|con|vợ|chồng)|con (?:trai|gái)|vợ|chồng|mẹ|cha|bố"
)

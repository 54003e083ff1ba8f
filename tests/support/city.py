"""A small city for stories: its units, and the people of the cast with their posts.

Wang Min (王敏) is the clerk of the city petition office, Zhao Gang (赵刚) its head. Li Na (李娜) is the officer
and Chen Bo (陈波) the head of the city housing department; Sun Li (孙丽) and Zhou Jun (周军) of human resources.
He Ping (何平) heads the county housing bureau where Qian Yu (钱玉) is officer. Wu Tao (吴涛) heads the city
government, Feng Rui (冯瑞) the provincial housing department, Xu Jing (徐静) the city discipline commission;
Ma Lin (马林) administers.
"""

from dataclasses import dataclass
from datetime import date

from xinqiao.rules.persons import Person, PersonKind, Post, Role
from xinqiao.rules.units import Level, Unit, UnitKind, Units

#: Everybody logs in with it.
PASSWORD = "bridge-of-letters-2026"
PROVINCE, CITY, COUNTY, TOWN = "340000", "340800", "340811", "340811101"
REGIONS = (
    (PROVINCE, "安徽省", "province", None),
    (CITY, "安庆市", "city", PROVINCE),
    (COUNTY, "宜秀区", "county", CITY),
    (TOWN, "某某镇", "township", COUNTY),
    ("340825", "太湖县", "county", CITY),
)
CATEGORIES = (
    ("housing", "城乡建设", "Housing and construction", None),
    ("housing.property", "物业管理", "Property management", "housing"),
    ("labour", "劳动社保", "Labour and social security", None),
    ("labour.wages", "拖欠工资", "Unpaid wages", "labour"),
)


def _unit(
    code: str, name: str, kind: UnitKind, level: Level, region: str, parent: str | None,
    guiding: str | None = None, categories: tuple[str, ...] = (),
) -> Unit:  # fmt: skip
    return Unit(
        code=code, name=name, name_en=code.replace("-", " ").title(), kind=kind, level=level, region=region,
        parent=parent, guiding=guiding, categories=categories, valid_from=date(2000, 1, 1),
    )  # fmt: skip


K, L = UnitKind, Level
ALL_UNITS = (
    _unit("province-government", "省人民政府", K.GOVERNMENT, L.PROVINCE, PROVINCE, None),
    _unit("province-petition", "省信访局", K.PETITION_OFFICE, L.PROVINCE, PROVINCE, "province-government"),
    _unit("province-housing", "省住房和城乡建设厅", K.DEPARTMENT, L.PROVINCE, PROVINCE, "province-government"),
    _unit("city-government", "市人民政府", K.GOVERNMENT, L.CITY, CITY, "province-government"),
    _unit("city-petition", "市信访局", K.PETITION_OFFICE, L.CITY, CITY, "city-government", "province-petition"),
    _unit("city-conference", "市信访工作联席会议办公室", K.JOINT_CONFERENCE, L.CITY, CITY, "city-government"),
    _unit("city-housing", "市住房和城乡建设局", K.DEPARTMENT, L.CITY, CITY, "city-government", "province-housing",
          ("housing",)),
    _unit("city-labour", "市人力资源和社会保障局", K.DEPARTMENT, L.CITY, CITY, "city-government", None, ("labour",)),
    _unit("city-discipline", "市纪委监委", K.DISCIPLINE, L.CITY, CITY, "province-government"),
    _unit("county-government", "宜秀区人民政府", K.GOVERNMENT, L.COUNTY, COUNTY, "city-government"),
    _unit("county-petition", "宜秀区信访局", K.PETITION_OFFICE, L.COUNTY, COUNTY, "county-government", "city-petition"),
    _unit("county-housing", "宜秀区住房和城乡建设局", K.DEPARTMENT, L.COUNTY, COUNTY, "county-government",
          "city-housing", ("housing",)),
    _unit("town", "某某镇人民政府", K.TOWNSHIP, L.TOWNSHIP, TOWN, "county-government"),
)  # fmt: skip
UNITS = Units({unit.code: unit for unit in ALL_UNITS})


@dataclass(frozen=True)
class Cast:
    """A member of the cast: log-in name, name, unit and role."""

    username: str
    name: str
    unit: str
    role: Role


CAST = {
    one.username: one
    for one in (
        Cast("wangmin", "王敏", "city-petition", Role.CLERK),
        Cast("zhaogang", "赵刚", "city-petition", Role.HEAD),
        Cast("lina", "李娜", "city-housing", Role.OFFICER),
        Cast("chenbo", "陈波", "city-housing", Role.HEAD),
        Cast("sunli", "孙丽", "city-labour", Role.OFFICER),
        Cast("zhoujun", "周军", "city-labour", Role.HEAD),
        Cast("dingxia", "丁霞", "county-petition", Role.CLERK),
        Cast("qianyu", "钱玉", "county-housing", Role.OFFICER),
        Cast("heping", "何平", "county-housing", Role.HEAD),
        Cast("wutao", "吴涛", "city-government", Role.HEAD),
        Cast("fengrui", "冯瑞", "province-housing", Role.HEAD),
        Cast("shenhao", "沈浩", "province-government", Role.HEAD),
        Cast("xujing", "徐静", "city-discipline", Role.HEAD),
        Cast("yanfei", "严飞", "county-government", Role.HEAD),
        Cast("malin", "马林", "city-petition", Role.ADMIN),
    )
}


def person(username: str) -> Person:
    """A member of the cast as the rules see them, with an account number of their own; needs no database."""
    one = CAST[username]
    account = list(CAST).index(username) + 1
    return Person(
        kind=PersonKind.STAFF, account=account, posts=(Post(unit=one.unit, role=one.role),)
    )

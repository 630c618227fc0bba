"""Words that recur in place names, each with its many spellings and one canonical form.

Three kinds: words that say what a place is and are left out when a name has
others (village, qaryat); words that translate each other (eastern, sharqi) and
stand last whatever the language; and words that only have many spellings
(tell, tall, tal).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

ARTICLES: Final = frozenset({"al", "el", "ul", "il", "the"})
"""Articles in front of any letter."""

SUN_ARTICLES: Final[Mapping[str, str]] = {
    article: sound
    for sound, articles in {
        "sh": "ash esh ush",
        "s": "as es us is",
        "r": "ar er ur",
        "n": "an en un",
        "t": "at et ut",
        "d": "ad ed ud",
        "z": "az ez uz",
        "dh": "adh edh",
        "th": "ath eth",
    }.items()
    for article in articles.split()
}
"""Articles that took the sound of the next word, and how that word must begin."""

_GENERIC: Final = """
village villages hamlet town township city municipality district subdistrict governorate province county
neighbourhood neighborhood quarter suburb area commune prefecture oblast raion
qaryat qaryah qarya karyat karya qarieh madinat madinet medinat mudun muhafazat muhafaza mohafazat mintaqat mantiqat
nahiyat nahiya nahiyah nahya hayy hay hai balda baldat baldet qada qadaa
قريه قريت مدينه بلده محافظه ناحيه منطقه حي حاره قضاء قضا مديريه عزله محله لواء ولايه
"""

_ALIKE: Final = """
tal: tall tell til tel tl تل
tulul: tolul toloul tulol tulool tloul تلول
kafr: kfar kafar kefar kufr kefr kfr kafer kafir kuffr kfer كفر
abu: abo abou abi abī aboo ابو ابي بو
um: umm om oum omm em ام
dair: deir dayr der deyr dir deer dayir دير
ain: ayn ein aein ayin eyn aain en-ain عين
uyun: oyoun ayoun uyoun oyun ayun eyoun عيون
bir: beer bier bi'r bīr bayr biir بير بئر
shaikh: sheikh shaykh sheik shekh cheikh sheyh seyh shiekh sheih cheik شيخ
jabal: jebel djebel gebel jabel jbel gabal jabl جبل
wadi: wadie ouadi oued ouad uadi waadi wady وادي واد
bait: beit bayt bet beyt beyit بيت
khirba: khirbat khirbet kherbet khirbah kherbat khirbeh khurbat kharbat kherba kharba خربه
mazra: mazraat mazraa mazrah mazraeh mazrat mazrait mazraet مزرعه مزرعت
bani: beni banu banī bni benu بني بنو
bin: ibn ben بن ابن
ras: raas راس
burj: borj bordj borg bourj burg برج
qasr: kasr ksar qsar qaser kasir casr قصر
qala: qalat kalaat qalaat qalaa kalat kale kala qalah qalet قلعه
nahr: river نهر
jisr: jiser gisr djisr jesr جسر
suq: souk souq suk sook سوق
maarra: maarat maarrat maarra marrat maaret marat maara maaret maarret معره معرت
hajar: hajr hajjar hadjar حجر
saint: st sainte sankt sint
mount: mt
fort: ft
mukhayyam: camp mukhayam mokhayyam مخيم
jazira: jazirat jazireh jezira djezira gezira island جزيره
abd: abdul abdel abdal abdol عبد عبدال
haj: hajj hadj hag haji حاج حجي
saiyid: sayyid sayed sayyed said seyyed syed sayid سيد
nabi: nebi naby nabī نبي
tariq: tareq
tahuna: tahunat tahouna tahuneh طاحونه
salam: salaam
mashrafa: meshrefet mushrifa
dahr: daher zahr dhahr ظهر
khan: خان
hawd: hod حوض
rijm: rejm rujm rojm رجم
ruwaida: rweida
shib: shaab shab
naba: nabaa nab نبع
bahr: sea بحر
hadd: had
qubbat: qobbat qubba
"""

_DIRECTIONS: Final = """
sharqi: sharqiyah sharqiya sharqiyya sharqiyyah sharqieh sharqia sharqiyeh sharki sharkia sharkiya sharkiyah sharkieh
    charqi charqiye shargi sherqi sherki shariqi eastern east شرقي شرقيه شرق
gharbi: gharbiyah gharbiya gharbiyya gharbiyyah gharbieh gharbia gharbiyeh garbi garbia garbiya rharbi gharby western
    west غربي غربيه غرب
shamali: shamaliyah shamaliya shamaliyya shamaliyyah shamalieh shamalia shimali shimaliyah shimaliya shmali northern
    north شمالي شماليه شمال
janubi: janubiyah janubiya janubiyya janubiyyah janoubi janoubiya janubieh janobi junubi janubia southern south
    qibli qibliyah qibliya qibliyeh جنوبي جنوبيه جنوب قبلي قبليه
fawqani: fawqaniyah fawqaniya fawqaniyya fauqani fawkani foqani fokani fuqani fouqani fowqani fauqa fawqa foqa fouqa
    fuqa fouka fawqaniyyah fouqaniyeh foqaniyeh fukani upper oberer obere فوقاني فوقانيه فوقا
tahtani: tahtaniyah tahtaniya tahtaniyya tahtaniyyah tahtaniyeh tahta tahtana tahtany lower تحتاني تحتانيه تحتا
wustani: wusta wastani wasta wostani wastaniyah wustaniyah wasat awsat central middle وسطاني وسطي وسطانيه اوسط
kabir: kabira kabirah kabeer kbir kebir kabireh kebira kubra kobra kibra kabeera greater great big grand كبير كبيره
    كبري
saghir: saghira saghirah sagheer sghir seghir saghireh sughra soghra sighra sagheera saghera zghir lesser little small
    صغير صغيره صغري
jadid: jadida jadidah jadideh jadeed jadeeda new جديد جديده
qadim: qadima qadimah qadeem qadeema qadimeh kadim atiq atiqa atiqah old قديم قديمه عتيق عتيقه
"""


def _pairs(table: str) -> Iterable[tuple[str, str]]:
    canonical = ""
    for line in table.strip().splitlines():
        head, colon, rest = line.partition(":")
        if colon:
            canonical = head
            yield canonical, canonical
        for spelling in (rest if colon else line).split():
            yield spelling, canonical


GENERIC: Final = frozenset(_GENERIC.split())
"""Words that say what a place is."""

ALIKE: Final[Mapping[str, str]] = dict(_pairs(_ALIKE))
"""Spelling to canonical form."""

DIRECTIONS: Final[Mapping[str, str]] = dict(_pairs(_DIRECTIONS))
"""Word of direction, height, size or age, in any language, to canonical form."""

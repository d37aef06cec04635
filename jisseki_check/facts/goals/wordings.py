"""How a plan says that a number is to be reached: the words behind the number, and those before it.

The patterns read a sentence without its blanks, in half width, from the place behind the number on.
"""

from __future__ import annotations

import re

from jisseki_check.patterns import lazy_compile

_OF = r"の(?!うち|場合|対象|中|解消|根絶|是正|削減|縮減|減少|撤去)(?P<of>[^、。をにがではの()]{1,14})"
_AIM = r"目標|目途|めど|目指|めざ"
_LESS = (
    r"抑え|抑制|おさえ|減ら|減少|削減|縮減|節減|低減|軽減|短縮|圧縮|引き?下げ|下げ|とど|留め|収め|収ま|おさめ|納め"
    r"|改善|絞|統合|集約"
)
_MORE = r"増や|増加|高め|引き?上げ|上げ|拡大|拡充|伸ば|充実|向上|広げ|増員|増設|増便"
_DEED = (
    r"開催|開[きくい講設]|実施|行[いうっわ]|実現|設置|設け|新設|増設|増便|増員|整備|点検|補修|修繕|補強|改修|改良|改め"
    r"|更新|交換|取り?替え|打ち?替え|舗装|布設|敷設|拡充|拡大|配置|配布|配付|配[りる信]|発行|掲載|公開|公表|購入|植え|植樹"
    r"|作成|制作|製作|作[りる]|開発|選定|認定|指定|登録|締結|結[びぶ]|養成|育成|育て|採用|派遣|訪問|巡回|見回|回[りる]"
    r"|運行|運航|助成|補助|支援|支給|交付|貸し?出|結成|提供|紹介|収集|回収|売却|処分|撤去|除却|解体|調査|診断|検診|健診|接種"
    r"|放流|出展|出店|誘致|招[きくい致]|受け?入れ|導入|移行|電子化|処理|備え|備蓄|用意|創出|発掘|展示|上演|募[りる集]"
    r"|確保|追加|放送|終え|販売"
)
_WITH = r"[^、。対をるたうつ]{0,12}?"  # a noun with what belongs to it, and no verb
_TAKING_PART = (
    r"参加|利用|受講|来場|来館|来訪|入場|入館|入園|登録|就職|就労|就農|養成|育成|採用|確保|受け?入れ?|移住|定住|修了|受診"
    r"|訪問|応募|加入|出席|創業|起業|観光客|会員"
)

# --- behind the number --------------------------------------------------------------------------

# 目標とする, 目指す, 維持する, 達成する: whether more is better is for what is counted to say.
REACHED = re.compile(
    rf"(?:程度)?(?:{_OF})?[をのにと]?(?:{_AIM}|達成|維持|実現)"
    rf"|(?:[とに](?:する|なる)|が[^、。]{{1,14}}する)(?:こと|よう)[をに]?(?:{_AIM}|努|取り?組)"
    rf"|を(?:超え|上回)る(?P<over>[^、。の]{{1,14}})を(?:{_AIM}|得|確保|達成|集め|獲得)"
)
# To get so much, or to come up to so much: more is better.
GAINED = re.compile(
    rf"(?:分|程度)?(?:{_OF})?[をの]?(?:新たに)?(?:確保|獲得|得[るたて]|得ます|得られ|集め|募[りる集っ]|収納|徴収|回収)"
    r"|の(?P<into>[^、。をにがではの()]{1,14})に(?:つなげ|結び?付け|結びつけ)"
    rf"|の[^、。をにがではの()]{{1,8}}の(?:{_TAKING_PART})[者数]?[をが](?:得|集め|確保|募)"
    rf"|(?:の[^、。をにがではの()]{{1,14}})?(?:に|まで|へ)(?:{_MORE})"
)
# Down to so much, or kept within it: less is better.
KEPT_WITHIN = re.compile(
    rf"(?:程度)?(?:にまで|に|まで|へ|で)(?:{_LESS})"
    rf"|を(?:下回る|切る)[^、。]{{0,8}}[とにを](?:し|す|{_AIM}|維持|{_LESS})"
)
# By so much.
RAISED_BY = re.compile(
    r"(?:分|程度)?[のを]?(?:増(?![設員便刷築床])|高め|向上|上昇|引き?上げ|上げ|伸ば|アップ|上積み)"
)
CUT_BY = re.compile(
    r"(?:分|程度)?[のを]?(?:減(?![免災塩])|削減|縮減|節減|低減|軽減|短縮|圧縮|抑制|引き?下げ|下げ|カット|節約)"
)
# とします, にします: a number that is set, to be reached or not.
SET = re.compile(r"(?:程度)?(?:[とに](?:します|する(?!こ)|し(?:[、て]|$)|いたし)|です|$|[)）])")
# What is done so many times, or to so many things.
DONE = re.compile(
    rf"(?:分|程度)?(?:の(?!うち|場合|対象)(?P<of>[^、。をは()]{{1,14}})[をにで]"
    rf"|(?!を対象|をもと)(?:を、?(?:{_WITH}[にで])?|に対して?、?|[でにへ]、?(?:{_WITH}[をにで])?)?)(?:新たに|新規に)?(?:{_DEED})"
    r"(?![^、。をにがで]{0,4}[たる](?!予定|計画|方針|目標)[一-鿿])"
)
TAKING_PART = lazy_compile(_TAKING_PART)
# 30人以上の事業所, 100人以上の市民: those that so many belong to, and those who are meant.
HOLDERS = re.compile(
    r"事業|企業|会社|施設|学校|園$|店|団体|組織|クラブ|グループ|世帯|地区|集落|町|村|会場|自治会|市民|住民|児童|生徒|職員|高齢|者$|方$"
)
# To whom something is done.
RECEIVING = re.compile(r"[にへで]")
# 以上の事業所, 以下の学級: what the bound describes; 受診した人 as well.
DESCRIBING = lazy_compile(r"の|学級|規模|[^、。をにがでと]{0,8}た[一-鿿]|が[^、。]{1,8}する(?!こ|よ)")
AGREEING = re.compile(rf"の(?:達成|維持|確保|実現)|を?(?:{_AIM}|達成|維持)|[とに](?:なる|する)(?:こと|よう)")
# 3日以内に回答します: to be quick with it.
PROMPT = lazy_compile(
    r"[にで](?:[^、。]{0,14}[をにへ])?(?:回答|返答|返信|応答|交付|発行|処理|決定|審査|支給|対応|修繕|補修|復旧|到着|公開|公表|掲載"
    r"|連絡|送付|発送|通知|完了|終え|着手|訪問|撤去|除去|開設|開[きくい]|行[いう]|実施|お?答え|お?返事|お?知らせ|案内|報告"
    r"|発表|届け(?!出)|届き|渡[しす]|出[しす]|配[りる布付]|提供|再開|解消|出動|駆け付け|駆けつけ|直[しす])"
)

# --- before the number --------------------------------------------------------------------------

LABELLED = lazy_compile(
    r"(?:(?<!前年度の)(?<!前年の)目標(?:値|数|額|数値|人数|件数|回数)?|KPI)[はを:=]?[^、。:をはで]{0,20}$"
)
IS_LABEL = re.compile(r":$")
# Of these less is better, unless it is written otherwise.
LESS_IS_BETTER = re.compile(
    r"待[機ち]|苦情|クレーム|事故|出火|火災|犯罪|盗難|違反|違法|不[法正良備登適服在納要用明在存]|滞納|未[受収処利払納済]|残[業債食]|無[解回]答|不登校|滞留"
    r"|排出|ごみ|廃棄|焼却|埋立|最終処分|時間外|超過|欠[席員損勤]|死亡|死者|死傷|負傷|自殺|離職|退職|休職|休暇|早退|放置|漏水"
    r"|いじめ|虐待|再犯|非行|誤|遅|ミス|紛失|発生|罹患|患者|感染|喫煙|肥満|むし歯|虫歯|う歯|要介護|保護率|受給|失業|高齢化率"
    r"|経常収支|公債|負担比率|負債|借入|赤字|費用|経費|歳出|人件費|医療費|給付費|光熱|電気|燃料|消費|使用[量枚]|印刷|用紙|コピー"
    r"|職員数|定数|公用車|所要|日数|期間|時間|件数の上限|空き(?!家バンク)|依存|乖離|人口|対象者|世帯数"
)
# Of these none at all would be best: a number of them that is set is the most that there may be. What is
# done about them is not counted with them.
HARM = re.compile(
    r"(?:待機|苦情|クレーム|事故|出火|火災|犯罪|盗難|違反|不法投棄|滞納|残業|不登校|時間外|死亡|死者|死傷|負傷|自殺|離職"
    r"|放置|いじめ|虐待|再犯|非行|誤[りっ送配発交徴記]|遅[れ延]|ミス|紛失|未処理|未収|未納|食中毒|感染)"
    r"(?!防止|対策|予防|相談|啓発|処理|解消|撤去|回収|対応|訓練|研修|講)[^、。のをがはにで]{0,6}"
    r"(?:の(?:発生|延べ|総)?(?:件数|人数|者数|数|割合|率|量|額)?)?[をはがの:]?(?:年間|毎年|合計|計|延べ)?$"
)
# Of these more is better.
MORE_IS_BETTER = re.compile(
    r"参加|利用|来場|来館|来訪|入場|入館|入園|入込|観光客|宿泊|交流人口|受講|受診|受検|修了|登録|加入|会員|応募|就職|就労|就農|移住|定住|転入"
    r"|創業|起業|満足|認知度|収納|徴収|稼働|普及|達成|実施|開催|整備|耐震|設置|交付率|回収|リサイクル|資源化|再生|合格|充足|出席|定着"
    r"|結成|復帰|振替|進学|内定|解決|返納|組織率|貸出|蔵書|閲覧|アクセス|フォロワー|配布|配信|発行|掲載|寄附|寄付|売上|収入|財源|効果額|基金|協力|協定|サポーター"
    r"|ボランティア|訓練|講座|教室|研修|講習|体験|相談会|見回|巡回|緑化|植栽|苗|備蓄|通行量|乗車|採用|女性|割合|更新率|有収率|自給"
)


def is_better_for_less(clause: str) -> bool:
    """Whether what is counted is better for being less: the word that stands last decides (苦情の件数, but
    事故を防ぐ講座の参加者)."""
    less = max((match.end() for match in LESS_IS_BETTER.finditer(clause)), default=0)
    more = max((match.end() for match in MORE_IS_BETTER.finditer(clause)), default=0)
    return less > more


BOUNDARY = re.compile(r"[、。]")
# To be quick: from one thing to the next.
UNTIL = lazy_compile(
    r"(?:まで|回答|返答|返却|返信|交付|発行|処理|決定|審査|支給|対応|修繕|公開|公表|掲載|通知|発送)[をには]?$"
)
OF_LAST_YEAR = re.compile(r"(?:前年度?|昨年度?|昨年)の$")
# Money that comes in; what one pays for one of something is a price.
INCOME = re.compile(r"寄附|寄付|売上|売り上げ|収入|歳入|財源|効果額|基金|収納|徴収|利益|取扱高|販売額|出荷額")
PRICE = re.compile(r"[1一](?:口|件|人|世帯|枚|回|台|団体|社|冊|本)(?:当たり|あたり|につき)?$")
# Limits that a service sets itself are no goals.
LIMIT = re.compile(
    r"定員|上限|限度|委員|貸出|貸し出|補助|助成|手数料|使用料|料金|単価|開館|開所|利用時間|延長|対象"
)
NO_GOAL = re.compile(
    r"(?:前年度?|昨年度?|前回|昨年|実績|現在|現状|これまで|以前|事業費|予算|総額|上限|限度額?|人口|補助額|助成額)"
    r"[はがのを:で]?[^、。をにで]{0,6}$"
    r"|[0-9][人名組]$|残[るり]|対象(?:者|世帯|児童|生徒|となる[^、。]{0,8})?[はがのを:で]?$"
)

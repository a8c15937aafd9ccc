#include "daemon/classify/language.h"

#include <catch2/catch.hpp>

using namespace newsd;

namespace {
std::string code(std::string_view text) { return language_of(text).code; }
Article declared(std::string text, std::string language) {
  Article a;
  a.paragraphs = {std::move(text)};
  a.language = std::move(language);
  return a;
}
}  // namespace

TEST_CASE("a sentence or two are enough to tell a language") {
  const std::vector<std::pair<std::string, std::string>> sentences = {
      {"en", "The ferry to the island leaves at seven in the morning, but nobody had told the passengers about it."},
      {"de", "Die Fähre zur Insel fährt um sieben Uhr morgens ab, doch niemand hatte den Fahrgästen davon erzählt."},
      {"fr", "Le bateau pour l'île part à sept heures du matin, mais personne n'en avait parlé aux voyageurs."},
      {"es", "El barco hacia la isla sale a las siete de la mañana, pero nadie se lo había dicho a los pasajeros."},
      {"it", "Il traghetto per l'isola parte alle sette del mattino, ma nessuno lo aveva detto ai passeggeri."},
      {"pt", "O barco para a ilha parte às sete horas da manhã, mas ninguém tinha avisado os passageiros disso."},
      {"nl",
       "De veerboot naar het eiland vertrekt om zeven uur 's ochtends, maar niemand had dat aan de reizigers verteld."},
      {"sv", "Färjan till ön avgår klockan sju på morgonen, men ingen hade berättat det för passagerarna."},
      {"nb", "Fergen til øya går klokken sju om morgenen, men ingen hadde fortalt passasjerene noe om det."},
      {"fi", "Lautta saarelle lähtee seitsemältä aamulla, mutta kukaan ei ollut kertonut siitä matkustajille."},
      {"pl", "Prom na wyspę odpływa o siódmej rano, ale nikt nie powiedział o tym pasażerom."},
      {"cs", "Trajekt na ostrov odjíždí v sedm hodin ráno, ale nikdo o tom cestujícím neřekl."},
      {"hu", "A szigetre induló komp reggel hétkor indul, de erről senki sem szólt az utasoknak."},
      {"tr", "Adaya giden feribot sabah saat yedide kalkıyor, ancak kimse bunu yolculara söylememişti."},
      {"ru", "Паром на остров отправляется в семь часов утра, но никто не сказал об этом пассажирам."},
      {"uk", "Пором на острів відходить о сьомій годині ранку, але ніхто не сказав про це пасажирам."},
      {"el", "Το πλοίο για το νησί φεύγει στις επτά το πρωί, αλλά κανείς δεν το είχε πει στους επιβάτες."},
      {"he", "המעבורת אל האי יוצאת בשעה שבע בבוקר, אבל איש לא סיפר על כך לנוסעים."},
      {"ar", "تغادر العبارة إلى الجزيرة في الساعة السابعة صباحا، لكن أحدا لم يخبر الركاب بذلك."},
      {"hi", "द्वीप के लिए नाव सुबह सात बजे निकलती है, लेकिन किसी ने यात्रियों को यह नहीं बताया था।"},
      {"ja", "島へ向かうフェリーは朝七時に出発しますが、誰も乗客にそのことを伝えていませんでした。"},
      {"ko", "섬으로 가는 배는 아침 일곱 시에 떠나지만 아무도 승객들에게 그것을 알려 주지 않았다."},
      {"zh", "开往岛上的渡轮早上七点出发，但是没有人把这件事告诉乘客们。"},
      {"zh-Hant", "開往島上的渡輪早上七點出發，但是沒有人把這件事告訴乘客們。"},
      {"th", "เรือข้ามฟากไปเกาะออกเดินทางตอนเจ็ดโมงเช้า แต่ไม่มีใครบอกผู้โดยสารเรื่องนี้"}};
  for (const auto& [language, text] : sentences) {
    CAPTURE(text);
    CHECK(code(text) == language);
    CHECK(language_of(text).confidence > 0.5);
  }
}

TEST_CASE("what is no language, or too little of one, is und and never English") {
  for (const std::string text : {"", " ", "12 345 678,90 – 17:30", "zxq wvk jjq bmrt xxkw pqzv nnnb gfdk trwq", "Ferry",
                                 "OK", "…!?", "🚢🚢🚢", "https://news.example/a/b", "A1 B2 C3 D4 E5 F6 G7 H8"}) {
    CAPTURE(text);
    const LanguageLabel label = language_of(text);
    CHECK(label.code == "und");
    CHECK(label.confidence == 0);
  }
}

TEST_CASE("a text half in one and half in another language is und") {
  CHECK(code("The ferry to the island leaves at seven in the morning, and nobody had told the passengers about it. "
             "Паром на остров отправляется в семь часов утра, но никто не сказал об этом пассажирам.") == "und");
}

TEST_CASE("control characters and noncharacters do not hide the language") {
  CHECK(code("The ferry to the island\x01 leaves at seven\u0085 in the morning,\uFFFE but nobody had told the "
             "passengers about it.") == "en");
}

TEST_CASE("the declared language counts only when the content does not tell") {
  const LanguageLabel said = language_of(declared("12 345", "pt-BR"));
  CHECK(said.code == "pt-BR");
  CHECK(said.how == LanguageLabel::How::Declared);
  const LanguageLabel read = language_of(
      declared("The ferry to the island leaves at seven in the morning, and nobody had told the passengers.", "pt-BR"));
  CHECK(read.code == "en");
  CHECK(read.how == LanguageLabel::How::Content);
  CHECK(language_of(declared("12 345", "")).code == "und");
}

TEST_CASE("the version names the detector and its tables") {
  CHECK(language_detector_version().starts_with("cld2-"));
  CHECK(language_detector_version().find(' ') == std::string::npos);
}

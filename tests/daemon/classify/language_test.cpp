#include "daemon/classify/language.h"
#include "daemon/classify/language_training.h"
#include "daemon/classify/model_bytes.h"

#include <catch2/catch.hpp>

#include <set>

namespace newsd::embedded {
std::string_view language_model();
}

using namespace newsd;

namespace {
const LanguageModel& model() { return *default_resources()->language; }
std::string code(std::string_view text) { return language_of(text, model()).code; }
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
    CHECK(language_of(text, model()).confidence > 0.5);
  }
}

TEST_CASE("what is no language, or too little of one, is und and never English") {
  for (const std::string text : {"", " ", "12 345 678,90 – 17:30", "zxq wvk jjq bmrt xxkw pqzv nnnb gfdk trwq", "Ferry",
                                 "OK", "…!?", "🚢🚢🚢", "https://news.example/a/b", "A1 B2 C3 D4 E5 F6 G7 H8"}) {
    CAPTURE(text);
    const LanguageLabel label = language_of(text, model());
    CHECK(label.code == "und");
    CHECK(label.confidence == 0);
  }
}

TEST_CASE("a text half in one and half in another language is und") {
  CHECK(code("The ferry to the island leaves at seven in the morning, and nobody had told the passengers about it. "
             "Паром на остров отправляется в семь часов утра, но никто не сказал об этом пассажирам.") == "und");
}

TEST_CASE("names in other letters do not hide the language of a text") {
  CHECK(code("Компанія Harbour Ferries Ltd оголосила, що рейси на острів Oldhaven Island відновлять у вересні.") ==
        "uk");
  CHECK(code("港口公司 Harbour Ferries 宣布，前往 Oldhaven 岛的渡轮将于九月恢复运营，乘客可以提前购票。") == "zh");
}

TEST_CASE("languages are known as papers write them, too") {
  CHECK(code("اين كشتي هر روز صبح به جزيره مي رود و مسافران آن را از بندر كوچك سوار مي شوند.") == "fa");
  CHECK(code("Vanhu vemunyika vanoti hurumende haisati yapindura mibvunzo yavo pamusoro pechikepe.") == "sn");
}

TEST_CASE("a word or two tell a language only when no other is as likely") {
  CHECK(code("Lietuvos žmonės") == "lt");
  CHECK(code("Hamburgo") == "und");
}

TEST_CASE("control characters and noncharacters do not hide the language") {
  CHECK(code("The ferry to the island\x01 leaves at seven\u0085 in the morning,\uFFFE but nobody had told the "
             "passengers about it.") == "en");
}

TEST_CASE("the declared language counts only when the content does not tell") {
  const LanguageLabel said = language_of(declared("12 345", "pt-BR"), model());
  CHECK(said.code == "pt-BR");
  CHECK(said.how == LanguageLabel::How::Declared);
  const LanguageLabel read = language_of(
      declared("The ferry to the island leaves at seven in the morning, and nobody had told the passengers.", "pt-BR"),
      model());
  CHECK(read.code == "en");
  CHECK(read.how == LanguageLabel::How::Content);
  CHECK(language_of(declared("12 345", ""), model()).code == "und");
}

TEST_CASE("scripts of one language tell it, with a few letters") {
  CHECK(code("საქართველოს მთავრობა") == "ka");
  CHECK(code("Հայաստանի կառավարություն") == "hy");
  CHECK(code("ಕರ್ನಾಟಕ ಸರ್ಕಾರ ಹೇಳಿದೆ") == "kn");
}

TEST_CASE("close neighbours are told apart by their own words") {
  CHECK(code("Regjeringen sier at den ikke har noen planer om å endre loven i år.") == "nb");
  CHECK(code("Regjeringa seier at ho ikkje har nokon planar om å endre lova i år.") == "nn");
  CHECK(code("Regeringen siger, at den ikke har nogen planer om at ændre loven i år.") == "da");
  CHECK(code("Uryadovtsi kazhut") != "uk");
  CHECK(code("Влада каже, що цього року не планує змінювати закон про вибори.") == "uk");
  CHECK(code("Правительство заявило, что в этом году не планирует менять закон о выборах.") == "ru");
  CHECK(code("Правителството заяви, че тази година не планира да променя закона за изборите.") == "bg");
}

TEST_CASE("the beginning decides, however long the text goes on in another language") {
  std::string text;
  for (int i = 0; i < 20; ++i)
    text += "Die Fähre zur Insel fährt um sieben Uhr morgens ab, doch niemand wusste davon. ";
  for (int i = 0; i < 20'000; ++i) text += "The ferry leaves at seven. ";
  CHECK(code(text) == "de");
  std::string turned = "The ferry to the island leaves at seven, and nobody knew of it. ";
  for (int i = 0; i < 20'000; ++i) turned += "Die Fähre fährt um sieben. ";
  CHECK(code(turned) == "de");  // what is too short to be sure of waits for more
}

TEST_CASE("the version names the model") { CHECK(model().version().starts_with("language-")); }

TEST_CASE("the embedded model knows the languages of the news, each once") {
  std::set<std::string> codes;
  for (const auto& language : model().languages()) CHECK(codes.insert(language.code).second);
  for (const std::string language :
       {"ar", "cs", "de", "en", "es", "fa", "fr", "he",      "hi", "it",      "ja", "ko", "nl",
        "pl", "pt", "ru", "sv", "tr", "uk", "zh", "zh-Hant", "sr", "sr-Latn", "sw", "ur", "vi"})
    CHECK(codes.contains(language));
}

TEST_CASE("a model is learned from texts, the same bytes each time, and read back") {
  const std::vector<LanguageText> texts = {{"xa", "a", "bababo babala lobabo bala bobala lalabo"},
                                           {"xb", "a", "mizimi zimizi zizimi mimizi zimimi mizizi"},
                                           {"xc", "a", "бабало бабабо лабало"}};
  const auto bytes = train_language(texts);
  REQUIRE(bytes.has_value());
  CHECK(*bytes == train_language(texts).value());
  const auto learned = LanguageModel::parse(*bytes, "m");
  REQUIRE(learned.has_value());
  CHECK(language_of("babobala lobala", *learned).code == "xa");
  CHECK(language_of("zimimizi mizimi", *learned).code == "xb");
  CHECK(language_of("лабабабало", *learned).code == "xc");
  CHECK(language_of("лабабабало", *learned).confidence > 0.9);
}

TEST_CASE("the embedded model has the digest it was written with, and is read where it lies") {
  const std::string_view bytes = embedded::language_model();
  REQUIRE(ModelReader::content_of(bytes).has_value());
  CHECK(model().version() == LanguageModel::over(bytes, "m").value().version());
  CHECK(LanguageModel::parse(std::string(bytes), "m").value().version() == model().version());
}

TEST_CASE("a language model that is cut short, changed or something else is refused") {
  const std::string bytes = train_language({{"xa", "", "baba"}, {"xb", "", "mimi"}}).value();
  CHECK(LanguageModel::parse("newsdtm1", "m").error().is(LanguageModelError::NoModel));
  for (const std::size_t size : {8u, 12u, 30u, 1000u})
    CHECK(LanguageModel::parse(bytes.substr(0, size), "m").has_error());
  for (const std::size_t size : {8u, 12u, 23u, 24u, 30u, 1000u})
    CHECK(LanguageModel::over(std::string_view(bytes).substr(0, size), "m").has_error());
  for (std::size_t at = 0; at < 60; ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] + 1);
    CHECK(LanguageModel::parse(changed, "m").has_error());
  }
  CHECK(train_language({{"xa", "", "baba"}}).has_error());
  CHECK(train_language({{"xa", "", "baba"}, {"xb", "", "123"}}).has_error());
  CHECK(read_language_texts("{\"language\": \"xa\", \"text\": \"b\"}\n{}\n", "r").error().where == "r:2");
}

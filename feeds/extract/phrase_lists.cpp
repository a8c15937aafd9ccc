#include "feeds/extract/phrase_lists.h"

#include <array>

namespace newsd {
namespace {

using enum PhraseMatch;
using enum RemovedKind;

// clang-format off
// Folded text only: small letters, plain quotes, # for numbers. To add a language, add lines to each part.
constexpr auto kPhrases = std::to_array<Phrase>({
    // advertising
    {"advertisement", Whole, Advertisement}, {"advertisement #", Whole, Advertisement}, {"advertisements", Whole, Advertisement}, {"ad", Whole, Advertisement},
    {"ads", Whole, Advertisement}, {"advert", Whole, Advertisement}, {"sponsored", Whole, Advertisement}, {"sponsored content", Whole, Advertisement},
    {"story continues below", Start, Advertisement}, {"article continues below", Anywhere, Advertisement}, {"article continues after", Start, Advertisement},
    {"story continues after", Start, Advertisement}, {"continue reading below", Start, Advertisement}, {"scroll to continue", Start, Advertisement},
    {"this advertisement has not loaded", Start, Advertisement}, {"report this ad", Whole, Advertisement}, {"adchoices", Start, Advertisement},
    {"anzeige", Whole, Advertisement}, {"werbung", Whole, Advertisement}, {"publicité", Whole, Advertisement}, {"annonce", Whole, Advertisement},
    {"publicidad", Whole, Advertisement}, {"pubblicità", Whole, Advertisement}, {"publicidade", Whole, Advertisement}, {"advertentie", Whole, Advertisement},
    {"реклама", Whole, Advertisement}, {"广告", Whole, Advertisement}, {"広告", Whole, Advertisement},

    // what pages say about themselves inside an article
    {"people are also reading", Start, Related}, {"if you purchase a product or register", Start, Advertisement, false, 150},
    {"use of and/or registration on any portion of this site", Start, Other, false, 60}, {"help keep news free", Start, Widget, false, 40},
    {"support huffpost", Start, Widget, false, 20}, {"your contribution will go a long way", Anywhere, Widget, false, 60},
    {"an dieser stelle findest du einen externen inhalt", Start, Cookie, false, 60}, {"an dieser stelle finden sie", Start, Cookie, false, 60},
    {"ich bin damit einverstanden, dass mir", Start, Cookie, false, 40}, {"personenbezogene daten können an drittplattformen", Start, Cookie, false, 40},
    {"um eingebettete inhalte anzuzeigen", Start, Cookie, false, 80}, {"ein klick für den datenschutz", Start, Cookie, false, 20},
    {"mit meiner anmeldung zum newsletter", Start, Widget, false, 60}, {"this newsletter is delivered", Start, Widget, false, 40},
    {"sign up for our newsletter", Start, Widget, false, 40}, {"sign up for the", Start, Widget, false, 25}, {"subscribe to our newsletter", Start, Widget, false, 40},
    {"download the", Start, Widget, false, 12}, 
    {"we may earn a commission", Anywhere, Advertisement, false, 60}, {"to view the full story, please subscribe", Start, Paywall, false, 30},
    {"to continue reading", Start, Paywall, false, 30}, {"register to unlock more articles", Start, Paywall, false, 20},
    {"register / sign in to unlock more articles", Start, Paywall, false, 20}, {"unlimited digital access", Start, Paywall, false, 30},
    {"opportunity to engage with our commenting community", Start, Paywall, false, 20}, {"share your thoughts and join the conversation", Start, Paywall, false, 30},
    {"weiterlesen", Whole, Related}, {"weiterlesen:", Start, Related, false, 20}, {"mehr dazu", Start, Related, false, 14}, {"czytaj także", Start, Related, false, 20},
    {"zobacz też", Start, Related, false, 20}, {"zobacz także", Start, Related, false, 20}, {"přečtěte si", Start, Related, false, 20}, {"les også", Start, Related, false, 25}, {"läs också", Start, Related, false, 25},
    {"læs også", Start, Related, false, 25}, {"lue myös", Start, Related, false, 25}, {"baca juga", Start, Related, false, 25}, {"okumadan geçme", Start, Related, false, 25},

    {"this entry was posted", Start, Other, false, 60}, {"this post was posted", Start, Other, false, 60}, {"bookmark the permalink", Anywhere, Other, false, 40},
    {"dieser eintrag wurde veröffentlicht", Start, Other, false, 60}, {"dieser beitrag wurde", Start, Other, false, 60}, {"der beitrag wurde am", Start, Other, false, 60},
    {"dieser artikel wurde am", Start, Other, false, 60}, {"this post contains affiliate", Start, Advertisement, false, 60}, {"this post contains references to products", Start, Advertisement, false, 80},
    {"this article contains affiliate", Start, Advertisement, false, 60}, {"dieser beitrag enthält werbung", Anywhere, Advertisement, false, 30}, {"dieser artikel enthält affiliate", Start, Advertisement, false, 60},
    {"for the latest stories and breaking news", Start, Widget, false, 40}, {"download our free app", Anywhere, Widget, false, 40}, {"available on the app store", Anywhere, Widget, false, 40},
    {"we want to hear what you think", Start, CommentForm, false, 40}, {"we'd like to hear what you think", Start, CommentForm, false, 60}, {"submit a letter to the editor", Anywhere, CommentForm, false, 40},
    {"submit your letter to the editor", Start, CommentForm, false, 40}, {"möchten sie den artikel teilen", Start, Social, false, 10}, {"you can log in for immediate access", Anywhere, Paywall, false, 40},
    {"if you're already a subscriber", Start, Paywall, false, 40}, {"wir respektieren deine privatsphäre", Start, Cookie, false, 80}, {"wir respektieren ihre privatsphäre", Start, Cookie, false, 80},
    {"sofern nicht anders ausgewiesen", Start, Other, false, 40}, {"except where otherwise noted", Start, Other, false, 40}, {"unless otherwise noted", Start, Other, false, 40},
    {"vorschau auf den nächsten artikel", Whole, Related}, {"zum weiterlesen:", Start, Related, false, 12}, {"weiterführende links", Start, Related, false, 5}, {"relevantes aus dem", Start, Related, false, 12},
    {"pour accéder en illimité", Start, Paywall, false, 30}, {"cancela cuando quieras", Anywhere, Paywall, false, 30}, {"hazte miembro", Start, Paywall, false, 20}, {"hazte socio", Start, Paywall, false, 20},
    {"jede kleine spende hilft", Start, Widget, false, 30}, {"lust auf mehr?", Start, Widget, false, 60}, {"rezept drucken", Start, Social, false, 8}, {"bild anzeigen", Start, Other, false, 6},
    {"bild vergrössern", Start, Other, false, 6}, {"korzystamy z cookies", Anywhere, Cookie, false, 60}, {"używamy plików cookie", Anywhere, Cookie, false, 60},

    {"click here to", Start, Related, false, 16}, {"click here for", Start, Related, false, 12}, {"click to get", Start, Related, false, 10}, {"read our full", Start, Related, false, 14},
    {"read our complete", Start, Related, false, 10}, {"this story is available exclusively", Start, Paywall, false, 40}, {"this article is available exclusively", Start, Paywall, false, 40},
    {"this document is subject to copyright", Start, Other, false, 60}, {"may not be reproduced", Anywhere, Other, false, 60}, {"may not be published, broadcast", Anywhere, Other, false, 60},
    {"this content can also be viewed", Start, Widget, false, 20}, {"the opinions expressed", Start, Other, false, 60}, {"the views expressed", Start, Other, false, 60},
    {"the information contained in this article", Start, Other, false, 80}, {"all products featured", Start, Advertisement, false, 60}, {"this story was originally published", Start, Credit, false, 30},
    {"this article was originally published", Start, Credit, false, 30}, {"this article originally appeared", Start, Credit, false, 30}, {"this story originally appeared", Start, Credit, false, 30},
    {"dieser artikel ist zuerst", Start, Credit, false, 20}, {"dieser text erschien zuerst", Start, Credit, false, 20}, {"dieses thema im programm", Start, Widget, false, 40},
    {"empfohlener redaktioneller inhalt", Start, Widget, false, 8}, {"empfohlener externer inhalt", Start, Widget, false, 8}, {"thanks for signing up", Start, Widget, false, 20}, {"thank you for signing up", Start, Widget, false, 20},
    {"please enter a valid email", Start, Widget, false, 20}, {"constitutes agreement to", Anywhere, Other, false, 60}, {"view all", Start, Navigation, false, 5}, {"see all", Start, Navigation, false, 5},
    {"your inbox", Anywhere, Widget, false, 40}, {"get breaking", Start, Widget, false, 25}, {"email newsletter", Anywhere, Widget, false, 25}, {"opinions expressed are solely", Start, Other, false, 60},
    {"materials provided by", Start, Credit, false, 40}, {"content may be edited for style and length", Anywhere, Credit, false, 40}, {"mit informationen von", Start, Credit, false, 60},
    {"mit informationen der", Start, Credit, false, 60}, {"mit informationen aus", Start, Credit, false, 60}, {"sie lesen gerne", Start, Widget, false, 40}, {"hat ihnen dieser artikel gefallen", Start, Widget, false, 60},
    {"datenschutzerklärung", Anywhere, Other, false, 40}, {"leserkommentare geben nicht", Start, CommentForm, true, 80}, {"kommentarfunktion", Anywhere, CommentForm, false, 20},
    {"stay up to date with", Start, Widget, false, 16}, {"lead image", Start, Credit, false, 20}, {"cover image", Start, Credit, false, 20}, {"show latest update", Whole, Navigation},

    // comments
    {"please read our comment policy", Start, CommentForm, false, 20}, {"top rated comments", Whole, CommentForm, true}, {"top comments", Whole, CommentForm, true},
    {"share your thoughts", Start, CommentForm, false, 10},
    {"click to comment", Whole, CommentForm, true}, {"leave a reply", Start, CommentForm, true}, {"leave a comment", Start, CommentForm, true},
    {"post a comment", Start, CommentForm, true}, {"add a comment", Start, CommentForm, true}, {"join the conversation", Start, CommentForm, true},
    {"join the discussion", Start, CommentForm, true}, {"# comments", Whole, CommentForm, true}, {"# comment", Whole, CommentForm, true},
    {"comments (#)", Whole, CommentForm, true}, {"show comments", Whole, CommentForm, true}, {"view comments", Start, CommentForm, true},
    {"no comments", Whole, CommentForm, true}, {"comments are closed", Start, CommentForm, true}, {"login to leave a comment", Start, CommentForm, true},
    {"comments", Whole, CommentForm}, {"comment", Whole, CommentForm}, {"be the first to comment", Start, CommentForm, true},
    {"your email address will not be published", Start, CommentForm, true}, {"save my name, email", Start, CommentForm, true},
    {"you must be logged in", Start, CommentForm, true}, {"kommentar schreiben", Start, CommentForm, true}, {"kommentare", Whole, CommentForm, true},
    {"# kommentare", Whole, CommentForm, true}, {"kommentieren", Whole, CommentForm}, {"diskutieren sie mit", Start, CommentForm, true},
    {"laisser un commentaire", Start, CommentForm, true}, {"commentaires", Whole, CommentForm, true}, {"# commentaires", Whole, CommentForm, true},
    {"deja una respuesta", Start, CommentForm, true}, {"comentarios", Whole, CommentForm, true}, {"# comentarios", Whole, CommentForm, true},
    {"lascia un commento", Start, CommentForm, true}, {"commenti", Whole, CommentForm, true}, {"deixe um comentário", Start, CommentForm, true},
    {"comentários", Whole, CommentForm, true}, {"plaats een reactie", Start, CommentForm, true}, {"reacties", Whole, CommentForm, true},
    {"комментарии", Whole, CommentForm, true}, {"# комментариев", Whole, CommentForm, true}, {"оставить комментарий", Start, CommentForm, true},
    {"добавить комментарий", Start, CommentForm, true}, {"发表评论", Start, CommentForm, true}, {"コメント", Whole, CommentForm, true},

    {"deine e-mail-adresse wird nicht", Start, CommentForm, true, 30}, {"ihre e-mail-adresse wird nicht", Start, CommentForm, true, 30}, {"votre adresse e-mail ne sera pas", Start, CommentForm, true, 30},
    {"tu dirección de correo electrónico no será", Start, CommentForm, true, 30}, {"il tuo indirizzo email non sarà", Start, CommentForm, true, 30}, {"en remplissant ce formulaire", Start, Widget, false, 60},

    // other articles
    {"people who read this", Start, Related, true, 10}, {"related to this story", Whole, Related, true}, {"more for you", Whole, Related}, {"tagged in", Start, Related, true, 16},
    {"most recent", Start, Related, false, 4},
    {"related articles", Start, Related, true, 5}, {"related stories", Start, Related, true, 5}, {"related news", Start, Related, true, 5},
    {"related posts", Start, Related, true, 5}, {"related topics", Start, Related, true, 5}, {"related content", Start, Related, true, 5},
    {"related coverage", Start, Related, false, 5}, {"related", Whole, Related}, {"related:", Start, Related}, {"related story", Start, Related, false, 5},
    {"read more", Start, Related, false, 16}, {"read also", Start, Related}, {"also read", Start, Related}, {"read next", Start, Related, true, 5},
    {"see also", Start, Related}, {"learn more", Whole, Related}, {"more on this story", Start, Related, true, 6}, {"more in", Start, Related, true, 4},
    {"more from", Start, Related, true, 8}, {"more stories", Start, Related, true, 6}, {"more news", Start, Related, true, 5},
    {"more by", Start, Related, true, 6}, {"more like this", Start, Related, true}, {"most read", Start, Related, true, 6},
    {"most popular", Start, Related, true, 6}, {"most viewed", Start, Related, true, 6}, {"trending", Whole, Related, true},
    {"trending now", Start, Related, true, 6}, {"trending on", Start, Related, true, 6}, {"popular stories", Start, Related, true, 5},
    {"top stories", Start, Related, true, 6}, {"latest news", Start, Related, true, 6}, {"latest stories", Start, Related, true, 6},
    {"recommended stories", Start, Related, false, 6}, {"recommended for you", Start, Related, true, 6}, {"recommended", Whole, Related},
    {"you may also like", Start, Related, true, 8}, {"you might also like", Start, Related, true, 8}, {"you might be interested in", Start, Related, true},
    {"up next", Whole, Related, true}, {"next article", Start, Related, true, 5}, {"next story", Start, Related, true, 5}, {"previous article", Start, Related, true, 5},
    {"editor's picks", Start, Related, true, 5}, {"editors' picks", Start, Related, true, 5}, {"what to read next", Start, Related, true},
    {"don't miss", Start, Related, false, 8}, {"watch:", Start, Related}, {"watch now", Start, Related, false, 8}, {"listen:", Start, Related},
    {"in this topic", Whole, Related, true}, {"get more from", Start, Related, true}, {"topics", Whole, Related, true}, {"tags", Whole, Related, true},
    {"tags:", Start, Related, true}, {"filed under", Start, Related, true}, {"explore more", Start, Related, true, 6}, {"around the web", Whole, Related, true},
    {"lesen sie auch", Start, Related}, {"mehr zum thema", Start, Related, true, 8}, {"mehr lesen", Start, Related}, {"mehr zu", Start, Related, false, 6},
    {"mehr von", Start, Related, false, 6}, {"das könnte sie auch interessieren", Start, Related, true}, {"meistgelesen", Start, Related, true, 4},
    {"weitere artikel", Start, Related, true, 6}, {"weitere themen", Start, Related, true, 5}, {"zum thema", Whole, Related}, {"themen", Whole, Related},
    {"schlagworte", Start, Related, true, 3}, {"lire aussi", Start, Related}, {"à lire aussi", Start, Related}, {"lire la suite", Start, Related},
    {"sur le même sujet", Start, Related, true}, {"les plus lus", Start, Related, true, 5}, {"à la une", Whole, Related, true}, {"voir aussi", Start, Related},
    {"lee también", Start, Related}, {"leer más", Start, Related}, {"te puede interesar", Start, Related}, {"más noticias", Start, Related, true, 5},
    {"lo más leído", Start, Related, true, 5}, {"noticias relacionadas", Start, Related, true, 5}, {"más información", Whole, Related},
    {"leggi anche", Start, Related}, {"leggi tutto", Start, Related}, {"articoli correlati", Start, Related, true}, {"più letti", Start, Related, true},
    {"leia também", Start, Related}, {"leia mais", Start, Related}, {"veja também", Start, Related}, {"mais lidas", Start, Related, true},
    {"lees ook", Start, Related}, {"lees meer", Start, Related}, {"meer over", Start, Related, false, 6}, {"meest gelezen", Start, Related, true},
    {"читайте также", Start, Related}, {"читать далее", Start, Related}, {"по теме", Whole, Related, true}, {"популярное", Whole, Related, true},
    {"相关阅读", Start, Related, true}, {"相关新闻", Start, Related, true}, {"延伸阅读", Start, Related, true}, {"関連記事", Start, Related, true},

    // sharing and following
    {"share", Whole, Social}, {"share this", Start, Social, false, 10}, {"share on", Start, Social, false, 8}, {"share article", Whole, Social},
    {"share via", Start, Social, false, 6}, {"tweet", Whole, Social}, {"copy link", Start, Social, false, 6}, {"link copied", Start, Social, false, 5},
    {"copied", Whole, Social}, {"follow us", Start, Social}, {"follow", Whole, Social}, {"follow me on", Start, Social}, {"facebook", Whole, Social},
    {"twitter", Whole, Social}, {"instagram", Whole, Social}, {"linkedin", Whole, Social}, {"whatsapp", Whole, Social}, {"telegram", Whole, Social},
    {"youtube", Whole, Social}, {"pinterest", Whole, Social}, {"email", Whole, Social}, {"e-mail", Whole, Social}, {"print", Whole, Social},
    {"connect with us", Start, Social, false, 6}, {"like us on facebook", Start, Social}, {"pic.twitter.com", Anywhere, Social, false, 80},
    {"https://t.co", Anywhere, Social, false, 80}, {"a post shared by", Start, Social}, {"view this post on", Start, Social}, {"teilen", Whole, Social},
    {"artikel teilen", Whole, Social}, {"drucken", Whole, Social}, {"merken", Whole, Social}, {"folgen sie uns", Start, Social}, {"partager", Whole, Social},
    {"partager l'article", Start, Social, false, 6}, {"compartir", Whole, Social}, {"síguenos", Start, Social}, {"condividi", Whole, Social},
    {"seguici su", Start, Social}, {"compartilhar", Whole, Social}, {"compartilhe", Start, Social, false, 6}, {"delen", Whole, Social},
    {"поделиться", Start, Social, false, 4}, {"подписывайтесь", Start, Social}, {"分享", Whole, Social}, {"シェア", Whole, Social},

    // mailings, consent, walls
    {"sign up for", Start, Widget, false, 40}, {"sign up to", Start, Widget, false, 40}, {"sign up", Whole, Widget}, {"newsletter", Whole, Widget},
    {"newsletters", Whole, Widget}, {"get the latest", Start, Widget, false, 30}, {"get our", Start, Widget, false, 16}, {"enter your email", Start, Widget},
    {"email address", Whole, Widget}, {"subscribe to our newsletter", Anywhere, Widget, false, 40}, {"our newsletter", Anywhere, Widget, false, 30},
    {"our newsletters", Anywhere, Widget, false, 30}, {"delivered to your inbox", Anywhere, Widget, false, 40}, {"to your inbox", Anywhere, Widget, false, 30},
    {"by signing up", Start, Widget, false, 60}, {"by clicking", Start, Widget, false, 60}, {"download our app", Start, Widget}, {"download the app", Start, Widget},
    {"today's quote", Whole, Widget}, {"contributors", Whole, Widget}, {"weather", Whole, Widget}, {"most shared", Start, Widget, true},
    {"support our journalism", Start, Widget, false, 30}, {"got a tip", Start, Widget}, {"have a tip", Start, Widget}, {"contact us", Start, Widget, false, 8},
    {"newsletter abonnieren", Start, Widget}, {"unser newsletter", Anywhere, Widget}, {"inscrivez-vous", Start, Widget}, {"suscríbete", Start, Widget},
    {"iscriviti alla newsletter", Anywhere, Widget}, {"inscreva-se", Start, Widget}, {"schrijf je in", Start, Widget}, {"подпишитесь", Start, Widget},
    {"we use cookies", Anywhere, Cookie, false, 80}, {"uses cookies", Anywhere, Cookie, false, 80}, {"cookie policy", Anywhere, Cookie, false, 40},
    {"cookie settings", Whole, Cookie}, {"accept all", Start, Cookie, false, 5}, {"accept cookies", Whole, Cookie}, {"allow all cookies", Whole, Cookie}, {"strictly necessary cookies", Start, Cookie, false, 6}, {"cookie preferences", Start, Cookie, false, 6}, {"manage consent preferences", Start, Cookie, false, 6}, {"manage cookies", Start, Cookie}, {"wir verwenden cookies", Start, Cookie, false, 60},
    {"nous utilisons des cookies", Anywhere, Cookie, false, 60}, {"utilizamos cookies", Anywhere, Cookie, false, 60},
    {"subscribe to continue", Start, Paywall}, {"subscribe now", Start, Paywall}, {"subscribe to", Start, Paywall, false, 20}, {"subscribe", Whole, Paywall},
    {"already a subscriber", Start, Paywall}, {"log in to continue", Start, Paywall}, {"create an account or sign in", Start, Paywall, false, 40},
    {"this content is reserved for subscribers", Start, Paywall}, {"unlimited online access", Start, Paywall, false, 40}, {"this article is for subscribers", Start, Paywall},
    {"to continue reading", Start, Paywall, false, 30}, {"start your free trial", Start, Paywall}, {"sign in or create an account", Start, Paywall},
    {"jetzt abonnieren", Start, Paywall}, {"bereits abonnent", Start, Paywall}, {"weiterlesen mit", Start, Paywall}, {"réservé aux abonnés", Anywhere, Paywall},
    {"déjà abonné", Start, Paywall}, {"suscríbete para", Start, Paywall}, {"contenido exclusivo para suscriptores", Start, Paywall},
    {"contenuto riservato agli abbonati", Anywhere, Paywall}, {"conteúdo exclusivo para assinantes", Anywhere, Paywall}, {"только для подписчиков", Anywhere, Paywall},

    // getting about
    {"home", Whole, Navigation}, {"menu", Whole, Navigation}, {"search", Whole, Navigation}, {"log in", Whole, Navigation}, {"login", Whole, Navigation},
    {"sign in", Whole, Navigation}, {"register", Whole, Navigation}, {"my account", Whole, Navigation}, {"skip to", Start, Navigation, false, 6},
    {"back to top", Whole, Navigation, true}, {"to top", Whole, Navigation, true}, {"back to", Start, Navigation, false, 5}, {"sections", Whole, Navigation},
    {"news", Whole, Navigation}, {"sport", Whole, Navigation}, {"sports", Whole, Navigation}, {"opinion", Whole, Navigation}, {"world", Whole, Navigation},
    {"business", Whole, Navigation}, {"politics", Whole, Navigation}, {"culture", Whole, Navigation}, {"video", Whole, Navigation}, {"close", Whole, Navigation},
    {"open menu", Whole, Navigation}, {"next", Whole, Navigation}, {"previous", Whole, Navigation}, {"gallery", Whole, Navigation}, {"breadcrumb", Start, Navigation, false, 4},
    {"# min read", Anywhere, Navigation, false, 12}, {"# minute read", Anywhere, Navigation, false, 12}, {"# mins read", Anywhere, Navigation, false, 12},
    {"# hours ago", Anywhere, Navigation, false, 8}, {"# minutes ago", Anywhere, Navigation, false, 8}, {"# days ago", Anywhere, Navigation, false, 8},
    {"startseite", Whole, Navigation}, {"anmelden", Whole, Navigation}, {"suche", Whole, Navigation}, {"nach oben", Whole, Navigation, true},
    {"accueil", Whole, Navigation}, {"se connecter", Whole, Navigation}, {"inicio", Whole, Navigation}, {"buscar", Whole, Navigation},
    {"iniciar sesión", Whole, Navigation}, {"accedi", Whole, Navigation}, {"cerca", Whole, Navigation}, {"entrar", Whole, Navigation},
    {"zoeken", Whole, Navigation}, {"inloggen", Whole, Navigation}, {"главная", Whole, Navigation}, {"поиск", Whole, Navigation}, {"войти", Whole, Navigation},
    {"首页", Whole, Navigation}, {"搜索", Whole, Navigation}, {"登录", Whole, Navigation}, {"ホーム", Whole, Navigation},

    // who wrote it, who owns it
    {"do not sell my personal information", Start, Other, true, 10}, {"do not sell or share my personal information", Start, Other, true, 12}, {"your privacy choices", Whole, Other, true},
    {"about the author", Start, Signature, true}, {"about the authors", Start, Signature, true}, {"about the writer", Start, Signature, true},
    {"author of the article", Start, Signature}, {"written by", Start, Signature, false, 10}, {"zum autor", Start, Signature, true, 6}, {"über den autor", Start, Signature, true},
    {"à propos de l'auteur", Start, Signature, true}, {"sobre el autor", Start, Signature, true}, {"об авторе", Start, Signature, true},
    {"can be reached at", Anywhere, Signature, false, 40}, {"follow him on", Anywhere, Signature, false, 40}, {"follow her on", Anywhere, Signature, false, 40},
    {"follow them on", Anywhere, Signature, false, 40},
    {"all rights reserved", Anywhere, Other, true, 80}, {"alle rechte vorbehalten", Anywhere, Other, true, 80}, {"tous droits réservés", Anywhere, Other, true, 80},
    {"todos los derechos reservados", Anywhere, Other, true, 80}, {"tutti i diritti riservati", Anywhere, Other, true, 80},
    {"todos os direitos reservados", Anywhere, Other, true, 80}, {"alle rechten voorbehouden", Anywhere, Other, true, 80},
    {"все права защищены", Anywhere, Other, true, 80}, {"版权所有", Anywhere, Other, true, 80}, {"copyright", Start, Other, true, 40}, {"© #", Start, Other, true, 60},
    {"terms of use", Anywhere, Other, true, 20}, {"terms of service", Anywhere, Other, true, 20}, {"privacy policy", Anywhere, Other, true, 20},
    {"datenschutz", Whole, Other, true}, {"impressum", Whole, Other, true}, {"mentions légales", Whole, Other, true}, {"aviso legal", Whole, Other, true},

    // credits
    {"beitragsbild:", Start, Credit, false, 25}, {"titelbild:", Start, Credit, false, 25}, {"bildquelle:", Start, Credit, false, 25}, {"bildnachweis:", Start, Credit, false, 25},
    {"crédits photos", Start, Credit, false, 14}, {"crédit photo", Start, Credit, false, 14}, {"photo credit", Start, Credit, false, 14}, {"image credit", Start, Credit, false, 14},
    {"featured image", Start, Credit, false, 20}, {"header image", Start, Credit, false, 20}, {"photos by", Start, Credit, false, 10}, {"fotos:", Start, Credit, false, 14},
    {"reporting by", Start, Credit, false, 40}, {"additional reporting by", Start, Credit, false, 40}, {"editing by", Start, Credit, false, 30},
    {"with reporting by", Start, Credit, false, 30}, {"compiled by", Start, Credit, false, 14}, {"with agency inputs", Start, Credit}, {"with inputs from", Start, Credit},
    {"with files from", Start, Credit}, {"source:", Start, Credit, false, 12}, {"sources:", Start, Credit, false, 14}, {"quelle:", Start, Credit, false, 12},
    {"quellen:", Start, Credit, false, 14}, {"fonte:", Start, Credit, false, 12}, {"fuente:", Start, Credit, false, 12}, {"bron:", Start, Credit, false, 12},
    {"источник:", Start, Credit, false, 12}, {"来源:", Start, Credit, false, 12}, {"来源：", Start, Credit, false, 12}, {"mit material von", Start, Credit},
    {"avec agences", Start, Credit, false, 5}, {"avec afp", Start, Credit, false, 5}, {"con información de", Start, Credit, false, 12},
});
// clang-format on

}  // namespace

std::span<const Phrase> phrase_list() { return kPhrases; }

}  // namespace newsd

#include "tests/feeds/source/polling_desk.h"
#include "tests/support/hub_form.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

namespace newsd {
namespace {

const std::string kHub = "https://hub.example/";
const WebSubOffer kOffer{kHub, kUrl};

FeedPollerOptions pushed_options() {
  FeedPollerOptions options;
  options.min_interval = 5min;
  options.max_interval = 30min;
  options.websub.callback_base = "https://me.example/websub/";
  options.websub.backup_poll = 6h;
  options.random = [n = 0]() mutable { return fmt::format("{:064x}", ++n); };
  return options;
}

/// A desk with a hub that takes what it is asked, and says back what the test wants.
struct HubDesk : PollingDesk {
  explicit HubDesk(std::vector<RememberedFeed> known = {}, FeedPollerOptions options = pushed_options())
      : PollingDesk(
            [this](const FetchRequest& request, int) -> Result<FetchAnswer> {
              if (!request.post) return scripted_answer(200, {"ETag: \"1\""}, "<rss/>");
              forms.push_back(request.post->body);
              if (request.url == kHub) return hub_answer;
              return scripted_answer(202);
            },
            std::move(options), std::move(known)) {
    offer = kOffer;
    fresh = 0;
  }

  HubQuestion question(const std::string& mode = "subscribe") const {
    const std::string callback = form_field(forms.back(), "hub.callback");
    return {callback.substr(callback.rfind('/') + 1), mode, kUrl, "abc", "", 864'000};
  }
  bool verifies(const HubQuestion& asked) {
    const auto said = intake->hubs().verify(asked);
    return said && *said == asked.challenge;
  }
  void become_subscribed() {
    subscribe({kUrl});
    run(10s);
    REQUIRE_FALSE(forms.empty());
    REQUIRE(verifies(question()));
  }
  HubContent content(const std::string& body, const std::string& secret) const {
    return {question().token, hub_signature(secret, body), "text/xml; charset=koi8-r", body};
  }
  HubContent content(const std::string& body) const { return content(body, form_field(forms.front(), "hub.secret")); }
  /// What the hub is answered: 202 once durable, nothing yet, or a refusal's code.
  std::string push(const HubContent& what) {
    auto answer = std::make_shared<std::string>("nothing");
    const auto taken = intake->take_content(what, [answer](bool is) { *answer = is ? "taken" : "again"; });
    return taken ? *answer : std::string(taken.error().code);
  }
  std::size_t polls() const {
    return static_cast<std::size_t>(
        std::count_if(fetcher.asked.begin(), fetcher.asked.end(), [](const FetchRequest& r) { return !r.post; }));
  }

  FetchAnswer hub_answer = scripted_answer(202);
  std::vector<std::string> forms;
};

TEST_CASE("a feed that names a hub is subscribed to after its first poll, verified, and then polled rarely") {
  HubDesk desk;
  desk.subscribe({kUrl});
  desk.run(10s);
  REQUIRE(desk.forms.size() == 1);
  CHECK(form_field(desk.forms[0], "hub.mode") == "subscribe");
  CHECK(form_field(desk.forms[0], "hub.topic") == kUrl);
  CHECK(form_field(desk.forms[0], "hub.callback").starts_with("https://me.example/websub/"));
  CHECK(form_field(desk.forms[0], "hub.secret").size() == 64);
  CHECK(form_field(desk.forms[0], "hub.lease_seconds") == "864000");
  CHECK(desk.verifies(desk.question()));
  CHECK(desk.polls() == 1);
  desk.run(20min);
  CHECK(desk.polls() == 2);  // once more, for what came between the poll and the verification
  desk.run(24h);
  CHECK(desk.polls() <= 6);
  CHECK(desk.intake->hubs().counts().active == 1);
}

TEST_CASE("without a public address, and when polling once, no hub is asked") {
  FeedPollerOptions off = pushed_options();
  off.websub.callback_base.clear();
  FeedPollerOptions once = pushed_options();
  once.once = true;
  for (const FeedPollerOptions& options : {off, once}) {
    HubDesk desk({}, options);
    desk.subscribe({kUrl});
    desk.run(48h);
    CHECK(desk.forms.empty());
  }
}

TEST_CASE("what the hub brings goes the way of a poll, and its sender is answered when it is durable") {
  HubDesk desk;
  desk.become_subscribed();
  auto told = std::make_shared<int>(0);
  REQUIRE(desk.intake->take_content(desk.content("<rss>new</rss>"), [told](bool taken) { *told = taken ? 1 : -1; })
              .has_value());
  CHECK(*told == 0);
  REQUIRE(desk.sink.delivered.size() == 2);
  const auto& arrival = desk.sink.delivered[1].arrival;
  CHECK(arrival.document.bytes == "<rss>new</rss>");
  CHECK(arrival.document.declared_charset == "koi8-r");
  CHECK(arrival.document.origin.uri == kUrl);
  CHECK(arrival.document.origin.kind == OriginKind::Feed);
  REQUIRE(arrival.poll);
  CHECK(arrival.poll->outcome.pushed);
  desk.fresh = 1;
  desk.record();
  CHECK(*told == 1);
  desk.intake->stop();
  CHECK(desk.remembered(kUrl).hub.pushes == 1);
}

TEST_CASE("what does not bear the subscription's signature is dropped, and its sender told nothing") {
  HubDesk desk;
  desk.become_subscribed();
  CHECK(desk.push(desk.content("<rss>bad</rss>", "another secret")) == "taken");
  HubContent unsigned_content = desk.content("<rss>bad</rss>");
  unsigned_content.signature.clear();
  CHECK(desk.push(unsigned_content) == "taken");
  HubContent other_body = desk.content("<rss>good</rss>");
  other_body.body = "<rss>bad</rss>";
  CHECK(desk.push(other_body) == "taken");
  CHECK(desk.sink.delivered.size() == 1);
  CHECK(desk.intake->hubs().counts().forged == 3);
  HubContent nowhere = desk.content("<rss>good</rss>");
  nowhere.token += "0";
  CHECK(desk.push(nowhere) == "unknown-subscription");
}

TEST_CASE("only what was asked for is verified") {
  HubDesk desk;
  desk.subscribe({kUrl});
  desk.run(10s);
  HubQuestion wrong = desk.question();
  wrong.topic = "https://news.example/other";
  CHECK_FALSE(desk.verifies(wrong));
  wrong = desk.question("unsubscribe");
  CHECK_FALSE(desk.verifies(wrong));
  wrong = desk.question();
  wrong.token.back() = 'x';
  CHECK_FALSE(desk.verifies(wrong));
  wrong = desk.question();
  wrong.challenge.clear();
  CHECK_FALSE(desk.intake->hubs().verify(wrong).has_value());
  CHECK(desk.verifies(desk.question()));
}

TEST_CASE("pushes wait for a poll that is under way, polls for a push; too many are turned away") {
  HubDesk desk;
  desk.become_subscribed();
  REQUIRE(desk.push(desk.content("<rss>0</rss>")) == "nothing");
  for (int i = 1; i <= 8; ++i) CHECK(desk.push(desk.content(fmt::format("<rss>{}</rss>", i))) == "nothing");
  CHECK(desk.push(desk.content("<rss>9</rss>")) == "no-room");
  desk.now += 24h;
  desk.intake->tick();
  CHECK(desk.sink.delivered.size() == 2);
  CHECK(desk.polls() == 1);
  for (int i = 0; i < 9; ++i) desk.record();
  CHECK(desk.sink.delivered.size() == 10);
  for (std::size_t i = 0; i < 9; ++i)
    CHECK(desk.sink.delivered[i + 1].arrival.document.bytes == fmt::format("<rss>{}</rss>", i));
  desk.run(1min);
  CHECK(desk.polls() == 2);
  CHECK(desk.intake->hubs().counts().turned_away == 1);
}

TEST_CASE("a subscription holds over a restart: same callback, same secret, no second request") {
  HubDesk first;
  first.become_subscribed();
  first.run(30min);
  first.intake->stop();
  const RememberedFeed known = first.remembered(kUrl);
  REQUIRE(known.hub.until > first.now);

  HubDesk second({known});
  second.now = first.now;
  second.forms = first.forms;
  second.subscribe({kUrl});
  second.run(1h);
  CHECK(second.forms.size() == 1);
  CHECK(second.polls() == 0);
  CHECK(second.push(first.content("<rss>new</rss>")) == "nothing");
  CHECK(second.sink.delivered.size() == 1);
}

TEST_CASE("a lease is renewed before it ends; when the hub will not, the feed is polled at its pace again") {
  HubDesk desk;
  desk.become_subscribed();
  desk.run(24h * 8 + 1min);
  REQUIRE(desk.forms.size() == 2);
  CHECK(form_field(desk.forms[1], "hub.callback") == form_field(desk.forms[0], "hub.callback"));
  CHECK(form_field(desk.forms[1], "hub.secret") == form_field(desk.forms[0], "hub.secret"));
  CHECK(desk.verifies(desk.question()));
  desk.hub_answer = scripted_answer(503);
  const auto before = desk.polls();
  desk.run(24h * 8);
  CHECK(desk.polls() - before < 40);
  desk.run(24h * 4);  // it ends
  CHECK(desk.intake->hubs().counts().refused == 1);
  const auto lapsed = desk.polls();
  desk.run(24h);
  CHECK(desk.polls() - lapsed > 20);
  CHECK(desk.forms.size() < 30);
}

TEST_CASE("a poll that finds what the hub left out brings the pace back until the hub has proved itself") {
  HubDesk desk;
  desk.become_subscribed();
  desk.fresh = 1;
  desk.run(30min);  // the poll after the verification may find something: that is no fault of the hub
  CHECK(desk.intake->hubs().counts().missed == 0);
  desk.run(8h);
  CHECK(desk.intake->hubs().counts().missed >= 1);
  const auto before = desk.polls();
  desk.fresh = 0;
  desk.run(24h);
  CHECK(desk.polls() - before > 20);
  desk.fresh = 1;
  for (int i = 0; i < 3; ++i) {
    CHECK(desk.push(desk.content(fmt::format("<rss>{}</rss>", i))) == "nothing");
    desk.record();
  }
  desk.fresh = 0;
  desk.run(6h);
  const auto trusted = desk.polls();
  desk.run(24h);
  CHECK(desk.polls() - trusted <= 5);
}

TEST_CASE("a feed that is given up is ended at its hub, also when the request failed before a restart") {
  HubDesk desk;
  desk.become_subscribed();
  desk.hub_answer = scripted_answer(500);
  desk.subscribe({});
  desk.run(10s);
  REQUIRE(desk.forms.size() == 2);
  CHECK(form_field(desk.forms[1], "hub.mode") == "unsubscribe");
  CHECK(form_field(desk.forms[1], "hub.secret").empty());
  CHECK(desk.push(desk.content("<rss/>")) == "unknown-subscription");
  desk.intake->stop();

  HubDesk again({desk.remembered(kUrl)});
  again.now = desk.now;
  again.subscribe({});
  again.run(8min);
  REQUIRE(again.forms.size() == 1);
  CHECK(again.verifies(again.question("unsubscribe")));
  CHECK(again.remembered(kUrl).hub == HubState{});
  again.run(48h);
  CHECK(again.forms.size() == 1);
}

TEST_CASE("a hub's redirects are followed, not for ever and never from https to http") {
  HubDesk desk;
  desk.subscribe({kUrl});
  SECTION("elsewhere") {
    desk.hub_answer = scripted_answer(307, {"Location: https://hub2.example/subscribe"});
    desk.run(10s);
    CHECK(desk.forms.size() == 2);
    CHECK(desk.fetcher.asked.back().url == "https://hub2.example/subscribe");
    CHECK(desk.verifies(desk.question()));
  }
  SECTION("in a circle") {
    desk.hub_answer = scripted_answer(308, {"Location: /"});
    desk.run(10s);
    CHECK(desk.forms.size() == 4);
    CHECK(desk.intake->hubs().counts().refused == 1);
  }
  SECTION("into the open") {
    desk.hub_answer = scripted_answer(307, {"Location: http://hub.example/"});
    desk.run(10s);
    CHECK(desk.forms.size() == 1);
    CHECK(desk.intake->hubs().counts().refused == 1);
  }
}

TEST_CASE("a hub that never verifies is told to the operator, once") {
  HubDesk desk;
  desk.subscribe({kUrl});
  desk.run(24h * 3);
  CHECK(desk.forms.size() >= 5);
  CHECK(desk.forms.size() <= 12);
  CHECK(std::count_if(desk.told.begin(), desk.told.end(),
                      [](const SourceNotice& n) { return n.error.is(SourceError::HubRefuses); }) == 1);
  for (const SourceNotice& notice : desk.told)
    CHECK(notice.error.message().find(form_field(desk.forms[0], "hub.secret")) == std::string::npos);
}

TEST_CASE("an offer that is no address is not taken up, and without secrets nothing is asked for") {
  HubDesk odd;
  odd.offer = {"javascript:alert(1)", kUrl};
  odd.subscribe({kUrl});
  odd.run(1h);
  CHECK(odd.forms.empty());
  FeedPollerOptions options = pushed_options();
  options.random = [] { return std::string(); };
  HubDesk without({}, options);
  without.subscribe({kUrl});
  without.run(1h);
  CHECK(without.forms.empty());
}

TEST_CASE("another public address makes other subscriptions; none ends what is believed of the hub") {
  HubDesk desk;
  desk.become_subscribed();
  WebSubOptions options = pushed_options().websub;
  options.callback_base = "https://other.example/websub/";
  desk.intake->set_websub(options);
  desk.run(10s);
  REQUIRE(desk.forms.size() == 2);
  CHECK(form_field(desk.forms[1], "hub.callback").starts_with("https://other.example/websub/"));
  CHECK(desk.verifies(desk.question()));
  desk.intake->set_websub({});
  const auto before = desk.polls();
  desk.run(24h);
  CHECK(desk.polls() - before > 20);
  CHECK_FALSE(desk.verifies(desk.question()));
}

}  // namespace
}  // namespace newsd

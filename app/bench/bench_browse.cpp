// `bench browse`: every key of a database to the finished tree (deduplicated, counted, all of it
// open and sorted) with the window shown, against a bare blocking hiredis loop with the same COUNT.
#include "app/bench/browsekeys.h"
#include "app/bench/cases.h"
#include "app/bench/redisfixture.h"
#include "core/store/storefactory.h"
#include "widgets/browser/browsepage.h"
#include "widgets/browser/keytreeview.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QScrollBar>
#include <QTimer>

#include <hiredis/hiredis.h>

#include <fstream>

namespace kvscope::bench {
namespace {

constexpr int kPageSize = 1000;
constexpr std::size_t kValueBytes = 16;

/// The longest time by which a timer of 1 ms came late: whatever kept the UI thread from its
/// events.
class StallMeter
{
  public:
    StallMeter()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.callOnTimeout([this] {
            m_longest = std::max(m_longest, m_sinceLast.nsecsElapsed() - 1'000'000);
            m_sinceLast.start();
        });
        m_sinceLast.start();
        m_timer.start(1);
    }
    double milliseconds() const { return static_cast<double>(m_longest) / 1e6; }

  private:
    QTimer m_timer;
    QElapsedTimer m_sinceLast;
    qint64 m_longest = 0;
};

template<class Condition>
bool runUntil(Condition condition, int seconds)
{
    QEventLoop loop;
    QTimer look;
    look.callOnTimeout([&] {
        if (condition()) loop.quit();
    });
    look.start(1);
    QTimer::singleShot(seconds * 1000, &loop, &QEventLoop::quit);
    if (!condition()) loop.exec();
    return condition();
}

bool theirScan(redisContext *context, std::size_t expected)
{
    std::size_t keys = 0;
    Bytes cursor = "0";
    do {
        auto *reply = static_cast<redisReply *>(
            redisCommand(context, "SCAN %b COUNT %d", cursor.data(), cursor.size(), kPageSize));
        if (!reply) return false;
        cursor.assign(reply->element[0]->str, reply->element[0]->len);
        keys += reply->element[1]->elements;
        freeReplyObject(reply);
    } while (cursor != "0");
    return keys >= expected;
}

/// The page on a server, scanned again and again.
class Browser
{
  public:
    explicit Browser(const QString &url) : m_page(nullptr)
    {
        m_store = std::move(*m_factory.make(url, Access::ReadWrite));
        m_page.resize(1280, 800);
        m_page.show();
        m_store->open();
    }
    ~Browser() { m_page.setStore(nullptr); }

    bool connect(std::size_t expected, bool allOpen)
    {
        m_page.setStore(m_store.get());
        m_page.feed().index().setExpanded("session:", true);
        if (allOpen) {
            m_page.feed().index().setExpanded("user:", true);
            m_page.feed().index().setExpanded("user:profile:", true);
        }
        return isFinished(expected);
    }
    bool scanAgain(std::size_t expected)
    {
        m_page.feed().setQuery({});
        return isFinished(expected);
    }
    /// Turns the wheel while a scan runs, so that rows come into sight and are painted.
    void keepScrolling()
    {
        auto *bar = m_page.findChild<KeyTreeView *>()->verticalScrollBar();
        m_wheel.callOnTimeout(
            [bar] { bar->setValue((bar->value() + 997) % std::max(1, bar->maximum())); });
        m_wheel.start(16);
    }
    void disconnect()
    {
        m_wheel.stop();
        m_page.setStore(nullptr);
        runUntil([] { return false; }, 1);
    }
    const keyindex::IndexFigures &figures() { return m_page.feed().tree()->figures(); }

  private:
    bool isFinished(std::size_t expected)
    {
        return runUntil(
            [&] {
                return m_page.feed().isComplete() && !figures().passRunning &&
                       figures().keys == expected;
            },
            180);
    }

    StoreFactory m_factory;
    std::unique_ptr<Store> m_store;
    BrowsePage m_page;
    QTimer m_wheel;
};

void forgetPeak()
{
    std::ofstream("/proc/self/clear_refs") << "5";
}

} // namespace

Result<Outcome> benchBrowse(const Context &context)
{
    const auto keys = std::size_t(context.number(QStringLiteral("keys"), 1'000'000));
    auto server = RedisFixture::start();
    if (!server) return failure(server.error());
    // Once through an empty database, so that what a first connection costs is not laid to the
    // keys.
    Browser browser((*server)->url());
    if (!browser.connect(0, true))
        return failure(ErrorCode::SourceFailed, {QStringLiteral("scan")});
    browser.disconnect();
    const double before = double(residentBytes());
    context.progress(QStringLiteral("seeding %1 keys").arg(keys));
    if (auto seeded = (*server)->seed(keys, browseKey, kValueBytes); !seeded)
        return failure(seeded.error());
    const RedisFixture::Connection reference = (*server)->connect();
    if (!reference) return failure(ErrorCode::ConnectionRefused, {(*server)->url()});

    const bool million = keys <= 2'000'000;
    forgetPeak();
    if (!browser.connect(keys, million))
        return failure(ErrorCode::SourceFailed, {QStringLiteral("scan")});

    double stall = 0;
    const auto pairs = measurePairs(
        context.number(QStringLiteral("pairs"), million ? 7 : 1),
        [&] { return browser.scanAgain(keys); }, [&] { return theirScan(reference.get(), keys); },
        context);
    if (!pairs) return failure(pairs.error());
    browser.keepScrolling();
    {
        const StallMeter meter;
        if (!browser.scanAgain(keys))
            return failure(ErrorCode::SourceFailed, {QStringLiteral("scan")});
        stall = meter.milliseconds();
    }
    const keyindex::IndexFigures figures = browser.figures();
    const double perKey = double(figures.bytesUsed - figures.keyBytes) / double(keys);
    const double peak = double(peakResidentBytes());
    browser.disconnect();
    const double after = double(residentBytes());
    constexpr double kMiB = 1 << 20;

    Outcome outcome;
    outcome.figures = {
        {QStringLiteral("seconds"), pairs->ours.seconds},
        {QStringLiteral("cpu_us_per_key"), pairs->ours.cpuSeconds * 1e6 / double(keys)},
        {QStringLiteral("bytes_per_key"), perKey},
        {QStringLiteral("longest_stall_ms"), stall},
        {QStringLiteral("rss_before_mib"), before / kMiB},
        {QStringLiteral("rss_peak_mib"), peak / kMiB},
        {QStringLiteral("rss_after_mib"), after / kMiB}};
    outcome.reference = {
        {QStringLiteral("seconds"), pairs->reference.seconds},
        {QStringLiteral("cpu_us_per_key"), pairs->reference.cpuSeconds * 1e6 / double(keys)}};
    outcome.ratios = {
        {QStringLiteral("time"), pairs->ratio, Ratio::Better::Lower, 1.15},
        {QStringLiteral("bytes_per_key"), perKey, Ratio::Better::Lower, 32},
        {QStringLiteral("longest_stall_ms"), stall, Ratio::Better::Lower, 8},
        {QStringLiteral("rss_peak_mib"), peak / kMiB, Ratio::Better::Lower, 600},
        {QStringLiteral("rss_after_to_before"), after / before, Ratio::Better::Lower, 1.10}};
    return outcome;
}

} // namespace kvscope::bench

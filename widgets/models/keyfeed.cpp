// KeyFeed: the scan's pages, its end, and holding it back when the index falls behind.
#include "widgets/models/keyfeed.h"

#include <algorithm>
#include <cmath>

namespace kvscope {
namespace {

// Pages waiting for the index thread, 24 KB each: above the first the scan is held back, below the
// second it goes on.
constexpr std::size_t kMostPages = 256;
constexpr std::size_t kFewPages = 64;
constexpr std::size_t kVerifyBatch = 500;
constexpr int kAgainMs = 1000;

} // namespace

KeyFeed::KeyFeed(QObject *parent)
    : QObject(parent), m_tree(std::make_shared<const keyindex::KeyTree>())
{
    m_index = std::make_shared<keyindex::KeyIndex>(m_lifetime.guard([this] { takeTree(); }));
    m_backlog.setInterval(10);
    connect(&m_backlog, &QTimer::timeout, this, [this] {
        if (m_index->backlog() > kFewPages) return;
        m_backlog.stop();
        if (m_scan) m_scan->resume();
    });
}

KeyFeed::~KeyFeed() = default;

void KeyFeed::setStore(Store *store)
{
    if (m_store) disconnect(m_store, nullptr, this, nullptr);
    m_store = store;
    m_query = {};
    drop();
    if (!store) return;
    connect(store, &Store::stateChanged, this, &KeyFeed::onStoreState);
    connect(store, &Store::databaseChanged, this, [this] {
        m_query = {};
        drop();
        start(keyindex::KeyIndex::PassMode::Replace);
    });
    connect(store, &Store::keysChanged, this, &KeyFeed::verify);
    m_wanted = true;
    m_phase = StoreState::Phase::Idle;
    onStoreState();
}

// Empties the index. What is shown goes first, so that the index thread is the one that frees it.
void KeyFeed::drop()
{
    m_answers.renew();
    m_scan.reset();
    m_backlog.stop();
    m_index->clear();
    m_index->retire(std::exchange(m_tree, m_index->tree()));
    m_pass = 0;
    m_complete = false;
    m_wanted = false;
    m_error.reset();
    m_expected = -1;
    emit cleared();
    emit treeChanged();
    emit stateChanged();
}

void KeyFeed::onStoreState()
{
    const StoreState state = m_store->state();
    const bool becameReady =
        state.phase == StoreState::Phase::Ready && m_phase != StoreState::Phase::Ready;
    m_phase = state.phase;
    if (becameReady && m_wanted) {
        start(keyindex::KeyIndex::PassMode::Replace);
    } else if (becameReady && (m_error || m_complete)) {
        m_cameBack = true;
        refresh(); // the connection came back: what changed meanwhile nobody told us
    } else {
        emit stateChanged();
    }
}

void KeyFeed::setQuery(const KeyQuery &query)
{
    m_query = query;
    if (m_store) start(keyindex::KeyIndex::PassMode::Replace);
}

void KeyFeed::refresh()
{
    if (!m_store) return;
    const bool empty = m_tree->figures().keys == 0;
    start(empty ? keyindex::KeyIndex::PassMode::Replace : keyindex::KeyIndex::PassMode::Refresh);
}

void KeyFeed::start(keyindex::KeyIndex::PassMode mode)
{
    m_wanted = false;
    m_scan.reset();
    m_backlog.stop();
    m_error.reset();
    m_complete = false;
    m_expected = -1;
    m_pass = m_index->beginPass(mode);
    m_sinceStart.start();

    const auto ended = m_answers.guard([this](std::uint32_t pass, std::optional<Error> error) {
        takeEnd(pass, std::move(error));
    });
    const auto fallsBehind = m_answers.guard([this] { holdBack(); });
    // On the store's thread: hand the page on and look at the queue, nothing else.
    auto sink = [index = m_index, pass = m_pass, ended, fallsBehind](Result<ScanPage> page) {
        if (!page) {
            index->endPass(pass, keyindex::KeyIndex::PassEnd::Stopped);
            ended(pass, std::optional<Error>(page.error()));
            return;
        }
        const bool last = page->last;
        index->append(pass, page->keys);
        if (last) {
            index->endPass(pass, keyindex::KeyIndex::PassEnd::Complete);
            ended(pass, std::optional<Error>());
        } else if (index->backlog() == kMostPages) {
            fallsBehind();
        }
    };
    ScanOptions options;
    options.match = m_query.match;
    options.type = m_query.type;
    m_scan = m_store->keySpace().scan(options, std::move(sink));
    m_store->keySpace().count(
        m_answers.guard([this, pass = m_pass](const Result<std::int64_t> &count) {
            if (pass != m_pass || !count) return;
            m_expected = *count;
            emit stateChanged();
        }));
    emit stateChanged();
}

void KeyFeed::holdBack()
{
    if (!m_scan || m_index->backlog() <= kFewPages) return;
    m_scan->pause();
    m_backlog.start();
}

void KeyFeed::takeEnd(std::uint32_t pass, std::optional<Error> error)
{
    if (pass != m_pass) return;
    m_scan.reset();
    m_backlog.stop();
    m_complete = !error;
    m_error = std::move(error);
    const bool again = std::exchange(m_cameBack, false) && m_error;
    emit stateChanged();
    // The bulk connection may come back a little later than the one that says "ready".
    if (again && m_store->state().phase == StoreState::Phase::Ready)
        QTimer::singleShot(kAgainMs, this, [this, pass] {
            if (pass == m_pass && m_error) refresh();
        });
}

void KeyFeed::stop()
{
    if (!m_scan) return;
    m_scan.reset();
    m_backlog.stop();
    m_index->endPass(m_pass, keyindex::KeyIndex::PassEnd::Stopped);
    emit stateChanged();
}

void KeyFeed::takeTree()
{
    m_index->retire(std::exchange(m_tree, m_index->tree()));
    emit treeChanged();
}

double KeyFeed::rate() const
{
    if (!m_scan) return 0;
    const double seconds = static_cast<double>(m_sinceStart.elapsed()) / 1000;
    return static_cast<double>(m_tree->figures().passKeys) / std::max(seconds, 0.001);
}

double KeyFeed::progress() const
{
    // A pattern or a type brings fewer keys than the database holds: how many, only the end tells.
    if (m_expected <= 0 || !m_query.isEverything() || m_tree->figures().pass != m_pass) return -1;
    return std::min(1.0, static_cast<double>(m_tree->figures().passKeys) /
                             static_cast<double>(m_expected));
}

std::int64_t KeyFeed::secondsLeft() const
{
    const double done = progress();
    if (!m_scan || done <= 0.01) return -1;
    const double seconds = static_cast<double>(m_sinceStart.elapsed()) / 1000;
    return std::llround(seconds * (1 - done) / done);
}

bool KeyFeed::isAskedFor(const Entry &entry) const
{
    return (m_query.match.empty() || matchesGlob(m_query.match, entry.key)) &&
           (m_query.type == ValueType::None || m_query.type == entry.type);
}

void KeyFeed::verify(const std::vector<Bytes> &keys)
{
    if (!m_store) return;
    for (std::size_t begin = 0; begin < keys.size(); begin += kVerifyBatch) {
        const std::size_t end = std::min(keys.size(), begin + kVerifyBatch);
        std::vector<Bytes> some(keys.begin() + static_cast<std::ptrdiff_t>(begin),
                                keys.begin() + static_cast<std::ptrdiff_t>(end));
        m_store->reader().read(std::move(some), {.fields = ReadType, .limits = {}},
                               m_answers.guard([this](const Result<std::vector<Entry>> &entries) {
                                   if (!entries) return;
                                   std::vector<Bytes> gone;
                                   for (const Entry &entry : *entries) {
                                       if (entry.refused) continue;
                                       if (!entry.exists()) {
                                           gone.push_back(entry.key);
                                       } else if (isAskedFor(entry)) {
                                           m_index->add(entry.key);
                                       }
                                   }
                                   if (!gone.empty()) m_index->remove(std::move(gone));
                               }));
    }
}

} // namespace kvscope

// DetachedRows: one question at a time, its answer in a place that outlives whoever asked.
#include "core/source/detachedrows.h"

#include <condition_variable>
#include <mutex>

namespace kvscope {
namespace {

// A driver that looks at the stop by itself ends by then.
constexpr auto kStopPatience = std::chrono::milliseconds(500);
// For closing a connection in good order.
constexpr auto kClosePatience = std::chrono::seconds(2);

} // namespace

struct DetachedRows::Desk
{
    std::mutex mutex;
    std::condition_variable_any changed;
    std::function<void(RowSource &)> question; // guarded by mutex; empty: none waits
    bool ending = false;                       // guarded by mutex
    bool ended = false;                        // guarded by mutex
    RowPage page;                              // of the thread while it works, else of the caller
};

DetachedRows::DetachedRows(QString name, Make make)
    : m_name(std::move(name)), m_desk(std::make_shared<Desk>()),
      m_thread([desk = m_desk, make = std::move(make)] { work(desk, make); })
{}

DetachedRows::~DetachedRows()
{
    std::unique_lock lock(m_desk->mutex);
    m_desk->ending = true;
    m_desk->changed.notify_all();
    const bool ended =
        !m_lost && m_desk->changed.wait_for(lock, kClosePatience, [this] { return m_desk->ended; });
    lock.unlock();
    if (ended)
        m_thread.join();
    else
        m_thread.detach();
}

void DetachedRows::work(const std::shared_ptr<Desk> &desk, const Make &make)
{
    std::unique_ptr<RowSource> source = make();
    std::unique_lock lock(desk->mutex);
    while (true) {
        desk->changed.wait(lock, [&desk] { return desk->ending || desk->question; });
        if (desk->ending) break;
        const auto question = std::exchange(desk->question, nullptr);
        lock.unlock();
        question(*source);
        lock.lock();
    }
    lock.unlock();
    source.reset();
    lock.lock();
    desk->ended = true;
    desk->changed.notify_all();
}

template<class T>
Result<T> DetachedRows::ask(std::chrono::milliseconds patience,
                            std::function<Result<T>(RowSource &)> question)
{
    if (m_lost) return failure(*m_lost);
    if (stopToken().stop_requested()) return failure(ErrorCode::Cancelled);
    const auto answer = std::make_shared<std::optional<Result<T>>>(); // guarded by the desk's mutex
    const auto came = [&answer] { return answer->has_value(); };
    std::unique_lock lock(m_desk->mutex);
    m_desk->question = [desk = m_desk.get(), answer, question = std::move(question)](
                           RowSource &source) { // the thread keeps the desk
        Result<T> result = question(source);
        const std::lock_guard answering(desk->mutex);
        answer->emplace(std::move(result));
        desk->changed.notify_all();
    };
    m_desk->changed.notify_all();
    m_desk->changed.wait_for(lock, stopToken(), patience, came);
    if (!came() && stopToken().stop_requested())
        m_desk->changed.wait_for(lock, kStopPatience, came);
    if (came()) return std::move(**answer);
    m_lost = stopToken().stop_requested()
                 ? Error(ErrorCode::Cancelled)
                 : Error(ErrorCode::TimedOut, {m_name, QString::number(patience.count())});
    return failure(*m_lost);
}

Result<bool> DetachedRows::open()
{
    return ask<bool>(kConnectPatience, [stop = stopToken()](RowSource &source) {
        source.setStopToken(stop);
        return source.open();
    });
}

Result<std::vector<SourceTable>> DetachedRows::tables()
{
    return ask<std::vector<SourceTable>>(m_patience,
                                         [](RowSource &source) { return source.tables(); });
}

Result<std::vector<SourceColumn>> DetachedRows::prepare(const RowQuery &query)
{
    m_patience = query.statementTimeout;
    // A statement for the columns, and one for each of the order's.
    const auto statements = static_cast<int>(query.order.size()) + 1;
    return ask<std::vector<SourceColumn>>(
        m_patience * statements, [query](RowSource &source) { return source.prepare(query); });
}

Result<bool> DetachedRows::seek(std::optional<FieldTuple> after)
{
    return ask<bool>(m_patience,
                     [after = std::move(after)](RowSource &source) { return source.seek(after); });
}

Result<bool> DetachedRows::read(RowPage &page, std::size_t rows, std::size_t bytes)
{
    page.reset(0);
    auto read = ask<bool>(m_patience, [desk = m_desk.get(), rows, bytes](RowSource &source) {
        return source.read(desk->page, rows, bytes);
    });
    if (read) std::swap(page, m_desk->page);
    return read;
}

Result<bool> DetachedRows::find(const std::vector<Bytes> &columns,
                                const std::vector<FieldTuple> &tuples, RowPage &page)
{
    page.reset(0);
    auto found = ask<bool>(m_patience, [desk = m_desk.get(), columns, tuples](RowSource &source) {
        return source.find(columns, tuples, desk->page);
    });
    if (found) std::swap(page, m_desk->page);
    return found;
}

// Whoever waits for a count in vain would lose the connection with it.
std::optional<std::int64_t> DetachedRows::countRows(std::chrono::milliseconds)
{
    return std::nullopt;
}

} // namespace kvscope

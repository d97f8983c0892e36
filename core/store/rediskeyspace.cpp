// RedisKeySpace: hands the scanner's pages on, through a filter where a type is asked for.
#include "core/store/rediskeyspace.h"

#include "core/redis/serverinfo.h"

#include <atomic>

namespace kvscope {
namespace {

constexpr int kMostListedDatabases = 256;

// Keeps of each page the keys of one type. The bulk connection answers in order, so pages stay in
// order.
class TypeFilter : public std::enable_shared_from_this<TypeFilter>
{
  public:
    TypeFilter(std::shared_ptr<RedisLinks> links, ValueType type, ScanSink sink)
        : m_links(std::move(links)), m_type(valueTypeName(type).toStdString()),
          m_sink(std::move(sink))
    {}

    void cancel() { m_ended.store(true); }

    void take(Result<ScanPage> page)
    {
        if (m_ended.load()) return;
        if (!page) return end(page.error());
        if (page->keys.size() == 0) return m_sink(std::move(page));
        Batch batch;
        batch.reserve(page->keys.size(), page->keys.buffer.size() + page->keys.size() * 32);
        for (std::size_t i = 0; i < page->keys.size(); ++i) batch.add({"TYPE", page->keys[i]});
        auto held = std::make_shared<ScanPage>(std::move(*page));
        m_links->bulk().send(std::move(batch),
                             [self = shared_from_this(), held](const Result<Replies> &replies) {
                                 if (self->m_ended.load()) return;
                                 if (!replies) return self->end(replies.error());
                                 self->pass(*held, *replies);
                             });
    }

  private:
    void pass(const ScanPage &page, const Replies &types)
    {
        ScanPage kept;
        kept.cursor = page.cursor;
        kept.last = page.last;
        for (std::size_t i = 0; i < page.keys.size(); ++i) {
            if (types[i].isError()) return end(m_links->errorOf(types[i], "TYPE", page.keys[i]));
            if (types[i].bytes() == m_type) kept.keys.append(page.keys[i]);
        }
        m_sink(std::move(kept));
    }

    void end(const Error &error)
    {
        if (!m_ended.exchange(true)) m_sink(failure(error));
    }

    std::shared_ptr<RedisLinks> m_links;
    Bytes m_type;
    ScanSink m_sink;
    std::atomic<bool> m_ended{false};
};

} // namespace

class RedisKeySpace::RunningScan final : public Scan
{
  public:
    RunningScan(std::shared_ptr<RedisLinks> links, std::shared_ptr<Scanner> scanner,
                std::shared_ptr<TypeFilter> filter)
        : m_links(std::move(links)), m_filter(std::move(filter)), m_scanner(std::move(scanner))
    {}
    ~RunningScan() override { cancel(); }

    void cancel() override
    {
        if (m_filter) m_filter->cancel();
        m_scanner->cancel();
    }
    void pause() override { m_scanner->pause(); }
    void resume() override { m_scanner->resume(); }

  private:
    std::shared_ptr<RedisLinks> m_links; // outlives the scanner
    std::shared_ptr<TypeFilter> m_filter;
    std::shared_ptr<Scanner> m_scanner;
};

std::unique_ptr<Scan> RedisKeySpace::scan(ScanOptions options, ScanSink sink)
{
    std::shared_ptr<TypeFilter> filter;
    if (options.type != ValueType::None) {
        filter = std::make_shared<TypeFilter>(m_links, options.type, std::move(sink));
        sink = [filter](Result<ScanPage> page) { filter->take(std::move(page)); };
    }
    Scanner::Options asked;
    asked.match = std::move(options.match);
    asked.count = options.count;
    asked.cursor = options.cursor;
    auto scanner = std::make_shared<Scanner>(m_links->bulk(), std::move(asked), std::move(sink));
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_scanners, [](const auto &weak) { return weak.expired(); });
        m_scanners.push_back(scanner);
    }
    return std::make_unique<RunningScan>(m_links, std::move(scanner), std::move(filter));
}

void RedisKeySpace::cancelScans()
{
    const std::lock_guard lock(m_mutex);
    for (const auto &weak : m_scanners)
        if (const auto scanner = weak.lock()) scanner->cancel();
    m_scanners.clear();
}

void RedisKeySpace::setDatabase(int index)
{
    const std::lock_guard lock(m_mutex);
    m_database = index;
}

void RedisKeySpace::count(Callback<std::int64_t> done)
{
    m_links->interactive().send(Batch({"DBSIZE"}), [links = m_links, done = std::move(done)](
                                                       const Result<Replies> &replies) {
        if (!replies) return done(failure(replies.error()));
        if ((*replies)[0].isError()) return done(failure(links->errorOf((*replies)[0], "DBSIZE")));
        done((*replies)[0].integer());
    });
}

void RedisKeySpace::databases(Callback<std::vector<DatabaseInfo>> done)
{
    int current = 0;
    {
        const std::lock_guard lock(m_mutex);
        current = m_database;
    }
    Batch batch({"INFO", "keyspace"});
    batch.add({"CONFIG", "GET", "databases"});
    batch.add({"DBSIZE"});
    m_links->interactive().send(std::move(batch), [current, done = std::move(done)](
                                                      const Result<Replies> &replies) {
        if (!replies) return done(failure(replies.error()));
        std::map<int, std::int64_t> counts;
        const auto all = (*replies)[1][1].integer(0);
        for (int i = 0; i < std::min<std::int64_t>(all, kMostListedDatabases); ++i) counts[i] = 0;
        if (!(*replies)[0].isError())
            for (const auto &[index, database] : ServerInfo::parse((*replies)[0].bytes()).databases)
                counts[index] = static_cast<std::int64_t>(database.keys);
        counts[current] = (*replies)[2].integer(counts[current]);
        std::vector<DatabaseInfo> databases;
        databases.reserve(counts.size());
        for (const auto &[index, keys] : counts) databases.push_back({index, keys});
        done(std::move(databases));
    });
}

} // namespace kvscope

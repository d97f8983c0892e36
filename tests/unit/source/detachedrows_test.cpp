// A driver that hangs costs a thread, never the one who asked.
#include "core/source/detachedrows.h"

#include <gtest/gtest.h>

#include <future>

namespace kvscope {
namespace {

using std::chrono::milliseconds;

// What the source and the test both see.
struct Driver
{
    std::promise<void> release;
    std::shared_future<void> released = release.get_future().share();
    std::atomic<bool> hangs{false};
    std::promise<std::thread::id> gone;
    std::atomic<std::thread::id> worker{};
};

// Answers with one row for each call of read() until it hangs.
class HangingRows final : public RowSource
{
  public:
    explicit HangingRows(std::shared_ptr<Driver> driver) : m_driver(std::move(driver)) {}
    ~HangingRows() override { m_driver->gone.set_value(std::this_thread::get_id()); }

    Result<bool> open() override { return work(true); }
    Result<std::vector<SourceTable>> tables() override { return std::vector<SourceTable>(); }
    Result<std::vector<SourceColumn>> prepare(const RowQuery &query) override
    {
        m_columns = query.needed.size();
        return std::vector<SourceColumn>(m_columns);
    }
    Result<bool> seek(std::optional<FieldTuple>) override { return true; }
    Result<bool> read(RowPage &page, std::size_t, std::size_t) override
    {
        page.reset(1);
        page.append(CellKind::Text, "row");
        return work(true);
    }
    Result<bool> find(const std::vector<Bytes> &, const std::vector<FieldTuple> &tuples,
                      RowPage &page) override
    {
        page.reset(1);
        page.append(tuples[0][0].kind, tuples[0][0].text);
        return work(true);
    }
    std::optional<std::int64_t> countRows(milliseconds) override { return 1; }

  private:
    Result<bool> work(bool answer)
    {
        m_driver->worker = std::this_thread::get_id();
        if (m_driver->hangs) m_driver->released.wait();
        return answer;
    }

    std::shared_ptr<Driver> m_driver;
    std::size_t m_columns = 0;
};

RowQuery impatient()
{
    RowQuery query;
    query.needed = {"a"};
    query.statementTimeout = milliseconds(50);
    return query;
}

struct Hanging : testing::Test
{
    std::shared_ptr<Driver> driver = std::make_shared<Driver>();
    std::unique_ptr<RowSource> rows =
        std::make_unique<DetachedRows>(QStringLiteral("ODBC"), [driver = driver] {
            return std::make_unique<HangingRows>(driver);
        });
    RowPage page;
};

TEST_F(Hanging, GivesWhatTheDriverGivesFromAThreadOfItsOwn)
{
    ASSERT_TRUE(rows->open());
    ASSERT_TRUE(rows->prepare(impatient()));
    ASSERT_TRUE(rows->read(page, 10, 10));
    ASSERT_EQ(page.rows(), 1U);
    EXPECT_EQ(page.text(0, 0), "row");
    ASSERT_TRUE(rows->find({"a"}, {{{CellKind::Integer, "7"}}}, page));
    EXPECT_EQ(page.text(0, 0), "7");
    EXPECT_NE(driver->worker.load(), std::this_thread::get_id());
    auto gone = driver->gone.get_future();
    rows.reset();
    EXPECT_EQ(gone.get(), driver->worker.load());
}

TEST_F(Hanging, SaysThatTheTimeIsOverAndWaitsForNothing)
{
    ASSERT_TRUE(rows->open());
    ASSERT_TRUE(rows->prepare(impatient()));
    driver->hangs = true;
    const auto read = rows->read(page, 10, 10);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code(), ErrorCode::TimedOut);
    EXPECT_EQ(read.error().parameters(),
              (QStringList{QStringLiteral("ODBC"), QStringLiteral("50")}));
    EXPECT_EQ(rows->seek({}).error().code(), ErrorCode::TimedOut);
    auto gone = driver->gone.get_future();
    rows.reset(); // while the driver still hangs
    EXPECT_EQ(gone.wait_for(milliseconds(0)), std::future_status::timeout);
    driver->release.set_value();
    EXPECT_EQ(gone.get(), driver->worker.load());
}

TEST_F(Hanging, IsGivenUpByAStop)
{
    std::stop_source stop;
    rows->setStopToken(stop.get_token());
    driver->hangs = true;
    std::jthread other([&] { stop.request_stop(); });
    const auto opened = rows->open();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code(), ErrorCode::Cancelled);
    rows.reset();
    driver->release.set_value();
    driver->gone.get_future().get();
}

} // namespace
} // namespace kvscope

// The disk of the journal fills up while a warm-up is under way.
#include "core/store/storefactory.h"
#include "tests/support/await.h"
#include "tests/support/redisserver.h"
#include "tests/unit/jobs/jobrun.h"

#include <QFile>
#include <QTemporaryDir>

#include <sys/mount.h>

namespace kvscope {
namespace {

using namespace test;

constexpr int kRows = 16'000;

/// A disk of a megabyte; root alone may mount one.
class SmallDisk
{
  public:
    SmallDisk() : m_there(::mount("tmpfs", qPrintable(m_folder.path()), "tmpfs", 0, "size=1m") == 0)
    {}
    ~SmallDisk()
    {
        if (m_there) ::umount2(qPrintable(m_folder.path()), MNT_DETACH);
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    bool isThere() const { return m_there; }
    QString path() const { return m_folder.path(); }
    void fill() const
    {
        QFile file(ballast());
        EXPECT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (file.write(QByteArray(4'096, 'x')) == 4'096) {
        }
    }
    void makeRoom() const { QFile::remove(ballast()); }

  private:
    QString ballast() const { return m_folder.filePath(QStringLiteral("ballast")); }

    QTemporaryDir m_folder;
    const bool m_there;
};

TEST(FullDisk, EndsAWarmUpWithItsSentenceAndItGoesOnOnceThereIsRoom)
{
    const SmallDisk disk;
    if (!disk.isThere()) GTEST_SKIP() << "a file system can be mounted by root alone";
    const RedisServer server;
    StoreFactory factory;
    auto store = factory.make(server.url(), Access::ReadWrite);
    ASSERT_TRUE(store);
    (*store)->open();
    ASSERT_TRUE(eventually([&] { return (*store)->state().phase == StoreState::Phase::Ready; }));
    SqliteFile file(usersTable(kRows));
    auto journal = Journal::open(disk.path());
    ASSERT_TRUE(journal);
    RunRecord record;
    record.kind = QStringLiteral("warm");
    const auto begun = journal->begin(record);
    ASSERT_TRUE(begun);
    WarmupOptions options{.binding = usersBinding(file.url()), .rate = 8'000, .run = begun->id};

    JobControl control;
    bool full = false;
    WarmupJob::Sinks sinks;
    sinks.progress = [&](const JobProgress &progress) {
        // Behind the first checkpoint, so that there is something to go on from.
        if (full || progress.done < kRows / 3) return;
        full = true;
        disk.fill();
    };
    WarmupJob job(**store, *journal, control, options, std::move(sinks));
    const auto error = job.run();
    ASSERT_TRUE(full);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::FileUnwritable);
    EXPECT_TRUE(error->parameter(0).startsWith(disk.path())) << error->parameter(0).toStdString();
    EXPECT_LT(job.report().written, kRows);
    // What it did it says, and nothing else was done.
    EXPECT_EQ(server.run({"DBSIZE"}), std::to_string(job.report().written));

    disk.makeRoom();
    const auto kept = journal->find(begun->id);
    ASSERT_TRUE(kept && kept->checkpoint);
    options.rate = 0;
    options.resume = kept->checkpoint;
    WarmupJob again(**store, *journal, control, options, {});
    EXPECT_FALSE(again.run());
    EXPECT_EQ(again.report().rows, kRows);
    EXPECT_EQ(server.run({"DBSIZE"}), std::to_string(kRows));
}

} // namespace
} // namespace kvscope

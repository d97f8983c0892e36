// Jobs made ready for the queue.
#include "core/jobs/jobspec.h"
#include "tests/unit/jobs/jobrun.h"

namespace kvscope {
namespace {

using namespace test;

// The journal holds no password: the binding's own URL has it.
TEST(JobSpec, OfAResumedRunTakesTheEtcdOfItsBindingWithItsPassword)
{
    BoundFile file{usersBinding(QStringLiteral("sqlite:none.db"))};
    file.binding.etcd = QStringLiteral("http://me:secret@127.0.0.1:2379");
    CheckOptions options;
    options.repair = Repair::Delete;
    options.etcd = file.binding.etcd;
    RunRecord record;
    record.kind = QStringLiteral("check");
    record.options = checkSpec(file, options).options;
    const QString etcd = QStringLiteral("etcd");
    EXPECT_EQ(record.options.value(etcd).toString(), QStringLiteral("http://me@127.0.0.1:2379"));
    EXPECT_FALSE(resumeSpec(record, file).options.contains(etcd));
    // Another one than the binding's is asked again as it was noted.
    record.options.insert(etcd, QStringLiteral("http://127.0.0.1:1"));
    EXPECT_EQ(resumeSpec(record, file).options.value(etcd).toString(),
              QStringLiteral("http://127.0.0.1:1"));
}

} // namespace
} // namespace kvscope

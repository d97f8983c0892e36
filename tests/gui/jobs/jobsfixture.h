// JobsFixture: the real window with a binding of a real SQLite file, driven by keys and clicks.
#pragma once

#include "core/store/batchreader.h"
#include "tests/gui/window/windowfixture.h"
#include "tests/unit/jobs/sqlitefile.h"
#include "widgets/jobs/classcards.h"
#include "widgets/jobs/differencemodel.h"
#include "widgets/jobs/jobdesk.h"
#include "widgets/jobs/runmodel.h"

#include <QDir>
#include <QFileDialog>
#include <QTableView>
#include <QToolButton>

namespace kvscope::test {

class JobsPageTest : public WindowTest
{
  protected:
    void SetUp() override
    {
        m_source.run("CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, age INTEGER, "
                     "updated_at TEXT);"
                     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                     "300) INSERT INTO users SELECT i, 'name ' || i, i % 90, "
                     "datetime('now', '-14 seconds') FROM n;");
        if (m_ownBinding) {
            QDir(m_state.path()).mkpath(QStringLiteral("bindings"));
            writeBinding(bindingText());
        }
        WindowTest::SetUp();
    }

    Bytes bindingText() const
    {
        return R"({"name": "users", "source": ")" + m_source.url().toStdString() + R"(",
            "rows": "SELECT id, name, age, updated_at FROM users", "order": ["id"],
            "key": "user:{id}", "value": {"type": "json", "fields": ["name", "age"]},
            "version": "updated_at"})";
    }

    void writeBinding(const Bytes &text) const
    {
        QFile file(m_state.filePath(QStringLiteral("bindings/users.json")));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text.data(), static_cast<qint64>(text.size()));
    }

    /// The page in front of an open store.
    void openJobs(const Profile &profile)
    {
        m_window->openProfile(profile);
        ASSERT_TRUE(reaches(StoreState::Phase::Ready));
        press(Qt::Key_3);
        ASSERT_TRUE(shown<QWidget>("jobsPage"));
    }
    void openJobs() { openJobs({.url = QStringLiteral("engine:?memory=256mb")}); }

    /// …with the binding chosen.
    void openUsers(const Profile &profile)
    {
        openJobs(profile);
        ASSERT_TRUE(eventually([&] {
            const auto *name = find<QLabel>("bindingName");
            return name && name->isVisible() && name->text() == QStringLiteral("users");
        }));
    }
    void openUsers() { openUsers({.url = QStringLiteral("engine:?memory=256mb")}); }

    JobDesk &desk() const { return *m_window->findChild<JobDesk *>(); }
    bool jobsEnd() const
    {
        return eventually([&] { return desk().queue().activeCount() == 0; }, 60'000);
    }
    const JobState &lastJob() const { return *desk().queue().jobs().front(); }

    void clickButton(const char *name)
    {
        auto *button = shown<QAbstractButton>(name);
        ASSERT_TRUE(button) << name;
        ASSERT_TRUE(eventually([&] { return button->isEnabled(); })) << name;
        click(button);
    }

    /// By the dialog, so that nothing is waited for between the looks.
    void checkAtOnce()
    {
        clickButton("checkOptionsButton");
        auto *field = shown<QLineEdit>("recheckField");
        ASSERT_TRUE(field);
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("0s"));
        clickButton("startCheck");
        ASSERT_TRUE(jobsEnd());
    }

    void warmUp()
    {
        clickButton("warmUpButton");
        ASSERT_TRUE(jobsEnd());
        ASSERT_FALSE(lastJob().error);
    }

    QString figure(const char *card) const { return find<ClassCard>(card)->figure(); }
    DifferenceModel &differences() const
    {
        return *qobject_cast<DifferenceModel *>(find<QTableView>("differenceTable")->model());
    }
    RunModel &runs() const
    {
        return *qobject_cast<RunModel *>(find<QTableView>("runTable")->model());
    }
    bool listsRun(const QString &kind, RunRecord::State state) const
    {
        return eventually([&] {
            const RunRecord *first = runs().run(runs().index(0, 0));
            return first && first->kind == kind && first->state == state;
        });
    }

    Bytes valueOf(const Bytes &key) const
    {
        const auto read = await<std::vector<Entry>>([&](Callback<std::vector<Entry>> done) {
            m_session->store()->reader().read({key}, {}, std::move(done));
        });
        return read && !read->empty() ? read->front().value : Bytes("?");
    }
    void put(const Bytes &key, const Bytes &value) const
    {
        using Outcomes = std::vector<Result<WriteOutcome>>;
        const auto written = await<Outcomes>([&](Callback<Outcomes> done) {
            WriteRequest request;
            request.key = key;
            request.value = value;
            m_session->store()->writer().write({request}, std::move(done));
        });
        ASSERT_TRUE(written && written->front());
    }

    SqliteFile m_source;
    bool m_ownBinding = true;
};

} // namespace kvscope::test

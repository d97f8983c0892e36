// JobDesk: the demo's binding, scheduled checks, the journal's runs.
#include "widgets/jobs/jobdesk.h"

#include "core/config/paths.h"

#include <QDateTime>
#include <QThreadPool>

namespace kvscope {
namespace {

// A part of the demo's documents: all of them would not fit into the engine that the first start
// opens.
std::vector<Binding> demoBindings()
{
    const Bytes columns = "SELECT id, title, tags, year, rating FROM document";
    const auto binding =
        Binding::parse(R"({"name": "documents", "source": "sqlite:demo", "rows": ")" + columns +
                       R"( WHERE id <= 5000", "lookup": ")" + columns +
                       R"( WHERE id = :id AND id <= 5000", "order": ["id"], "key": "document:{id}",
            "value": {"type": "json", "fields": ["title", "tags", "year", "rating"]},
            "ttl": {"seconds": 3600, "jitter": 0.1}})");
    if (!binding) return {};
    Binding demo = *binding;
    demo.source = QStringLiteral("sqlite:") + demoDatabaseFile();
    return {demo};
}

} // namespace

JobDesk::JobDesk(const QString &bindingFolder, QObject *parent)
    : QObject(parent), m_queue(stateFolder()), m_schedule(configFolder())
{
    connect(&m_schedule, &Schedule::due, this, &JobDesk::startDue);
    connect(&m_queue, &JobQueue::began, this, [this](int number) {
        const JobState *job = m_queue.find(number);
        if (job && job->kind == QLatin1String("sync") && job->store == m_target.storeName)
            loadMarks();
    });
    connect(&m_queue, &JobQueue::ended, this, [this](int number) {
        const JobState *job = m_queue.find(number);
        if (job && m_target.store && job->store == m_target.storeName) loadMarks();
    });
    openFolder(bindingFolder);
}

void JobDesk::openFolder(const QString &folder)
{
    if (folder.isEmpty())
        m_bindings.open(configFolder() + QStringLiteral("/bindings"), demoBindings());
    else
        m_bindings.open(folder);
}

void JobDesk::setTarget(const JobsTarget &target)
{
    disconnect(m_keysChanged);
    m_target = target;
    m_changed.clear();
    m_allChangedMs = 0;
    if (target.store)
        m_keysChanged = connect(target.store, &Store::keysChanged, this, &JobDesk::noteKeys);
    m_schedule.setStore(target.store ? target.storeName : QString());
    emit targetChanged();
    m_marks.reset();
    emit marksChanged();
    if (target.store) loadMarks();
}

int JobDesk::start(JobSpec spec)
{
    return m_queue.start(std::move(spec), m_target.storeName, m_target.makeStore);
}

void JobDesk::startDue(const QString &bindingPath)
{
    const BindingShelf::Item *item = m_bindings.find(bindingPath);
    if (!item || !item->binding || !m_target.obstacle().isEmpty()) return;
    // One that still runs is not overtaken by the next.
    const JobState *last = m_queue.latest(item->binding->name, m_target.storeName);
    if (last && last->isActive()) return;
    start(checkSpec({*item->binding, item->path}, {}));
}

void JobDesk::loadRuns(Callback<Runs> done) const
{
    QThreadPool::globalInstance()->start(
        [folder = m_queue.stateFolder(), store = m_target.storeName, done = std::move(done)] {
            auto journal = Journal::open(folder);
            if (!journal) return done(failure(journal.error()));
            auto runs = journal->runs();
            if (runs)
                std::erase_if(*runs, [&store](const RunRecord &run) { return run.store != store; });
            done(std::move(runs));
        });
}

void JobDesk::loadMarks()
{
    const auto done = m_lifetime.guard(
        [this, store = m_target.storeName](const std::shared_ptr<const CheckMarks> &marks) {
            if (store != m_target.storeName) return;
            m_marks = marks;
            emit marksChanged();
        });
    QThreadPool::globalInstance()->start(
        [folder = m_queue.stateFolder(), store = m_target.storeName, done] {
            auto marks = CheckMarks::load(folder, store);
            done(marks ? std::make_shared<const CheckMarks>(std::move(*marks))
                       : std::shared_ptr<const CheckMarks>());
        });
}

std::optional<CheckMark> JobDesk::markOf(BytesView key) const
{
    auto mark = m_marks ? m_marks->find(key) : std::nullopt;
    if (!mark || mark->checkedMs <= m_allChangedMs) return std::nullopt;
    const auto changed = m_changed.find(Bytes(key));
    if (changed != m_changed.end() && mark->checkedMs <= changed->second) return std::nullopt;
    return mark;
}

void JobDesk::noteKeys(const std::vector<Bytes> &keys)
{
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    if (m_changed.size() + keys.size() > kMostChanged) {
        m_changed.clear();
        m_allChangedMs = now;
    } else {
        for (const Bytes &key : keys) m_changed[key] = now;
    }
    emit marksChanged();
}

} // namespace kvscope

// JobDesk: bindings, queue and schedule of the window, whichever page is in front.
#pragma once

#include "core/jobs/bindingshelf.h"
#include "core/jobs/checkmarks.h"
#include "core/jobs/jobspec.h"
#include "core/jobs/schedule.h"
#include "widgets/jobs/jobstarget.h"

#include <unordered_map>

namespace kvscope {

/// UI thread. Pages are views of it.
class JobDesk : public QObject
{
    Q_OBJECT

  public:
    /// `bindingFolder` empty: `bindings` in the config folder, with a binding of the demo database
    /// in it when it is new.
    explicit JobDesk(const QString &bindingFolder, QObject *parent = nullptr);

    JobQueue &queue() { return m_queue; }
    Schedule &schedule() { return m_schedule; }
    BindingShelf &bindings() { return m_bindings; }
    const JobsTarget &target() const { return m_target; }

    /// Another store, or none. Jobs of the one before go on, each with a connection of its own.
    void setTarget(const JobsTarget &target);
    /// What may be done with the store has changed.
    void noteTargetState() { emit targetChanged(); }
    void openFolder(const QString &folder);

    /// On the target, by now; the job's number.
    int start(JobSpec spec);

    /// The runs that the journal has of the target, newest first. Requires: guarded.
    using Runs = std::vector<RunRecord>;
    void loadRuns(Callback<Runs> done) const;
    /// What the last checks said of a key of the target, unless it was changed here since.
    std::optional<CheckMark> markOf(BytesView key) const;

  signals:
    void targetChanged();
    /// markOf() answers anew.
    void marksChanged();
    /// The folder is another one, chosen by a person.
    void folderChosen(const QString &folder);

  private:
    void startDue(const QString &bindingPath);
    void loadMarks();
    void noteKeys(const std::vector<Bytes> &keys);

    /// Keys that were changed here, by when; with more than this no earlier check says anything.
    static constexpr std::size_t kMostChanged = 100'000;

    JobQueue m_queue;
    Schedule m_schedule;
    BindingShelf m_bindings;
    JobsTarget m_target;
    std::shared_ptr<const CheckMarks> m_marks;
    std::unordered_map<Bytes, std::int64_t> m_changed;
    std::int64_t m_allChangedMs = 0;
    QMetaObject::Connection m_keysChanged;
    Lifetime m_lifetime;
};

} // namespace kvscope

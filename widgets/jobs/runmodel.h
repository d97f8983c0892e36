// RunModel: the journal's runs of a store, with the ones that are under way.
#pragma once

#include "core/jobs/jobqueue.h"

#include <QAbstractTableModel>

namespace kvscope {

/// Newest first. Rows are whole values; a new list replaces the old one. UI thread.
class RunModel : public QAbstractTableModel
{
    Q_OBJECT

  public:
    enum Column { Started, Job, Name, Rows, Rate, Result, Action, kColumns };
    /// What can be done with a run, in the order it is offered.
    enum class Deed : std::uint8_t { Report, Undo, Resume };

    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(std::vector<RunRecord> runs);
    /// Figures of a run that is under way.
    void follow(const JobState &job);

    const RunRecord *run(const QModelIndex &index) const;
    const RunRecord *find(const QString &run) const;
    std::vector<Deed> deeds(const QModelIndex &index) const;
    /// The newest finished check of a binding; null: none.
    const RunRecord *lastCheck(const QString &bindingName) const;
    int count() const { return static_cast<int>(m_runs.size()); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Live
    {
        std::int64_t rows = 0;
        double rate = 0;
        QString text;
    };

    std::vector<RunRecord> m_runs;
    QHash<QString, Live> m_live;
};

QString deedName(RunModel::Deed deed);

} // namespace kvscope

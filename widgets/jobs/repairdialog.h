// RepairDialog: what a repair of chosen entries is going to do, before it does.
#pragma once

#include "core/jobs/repairjob.h"

#include <QDialog>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QPushButton;

namespace kvscope {

struct RepairFacts
{
    QString what;         ///< the key, where it is one; empty: several
    ClassCounts chosen;   ///< of those that are to be repaired
    ClassCounts found;    ///< of the whole check
    QString etcd{};       ///< the binding's
    QString production{}; ///< the store's name, where it is marked as production; empty: it isn't
};

/// Refuses when more than the stated share of the check differs, until a person raises it.
class RepairDialog : public QDialog
{
    Q_OBJECT

  public:
    explicit RepairDialog(RepairFacts facts, QWidget *parent = nullptr);

    /// The share of entries that differ, as CheckOptions::mostRepaired means it; nothing where the
    /// check looked at too few to tell.
    static std::optional<double> shareOf(const ClassCounts &found);

  signals:
    /// Without binding and keys.
    void chosen(const kvscope::RepairOptions &options);

  private:
    void judge();
    QString complaint() const;
    Repair how() const;

    RepairFacts m_facts;
    QButtonGroup *m_how;
    QLabel *m_forecast;
    QLineEdit *m_share = nullptr; // while too much differs
    QLineEdit *m_typed = nullptr; // of a production store
    QLineEdit *m_wait;
    QLineEdit *m_etcd;
    QLabel *m_complaint;
    QPushButton *m_start = nullptr;
};

} // namespace kvscope

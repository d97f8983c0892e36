// CheckDialog: how to check: again after how long, repair or not, all rows or a sample, against the
// source or a primary.
#pragma once

#include "core/jobs/replicacheck.h"

#include <QDialog>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QPushButton;

namespace kvscope {

class AdvancedFold;

/// "1s, 10s" as delays; nothing for what is none.
std::optional<std::vector<std::chrono::milliseconds>> recheckFrom(const QString &text);

/// What the dialog tells beside its questions.
struct CheckFacts
{
    QString bindingName;
    QString etcd{};                    ///< the binding's
    QString writeObstacle{};           ///< why nothing can be repaired; empty: it can
    std::optional<ClassCounts> last{}; ///< of the last check, for what a repair would do
    std::int64_t lastAgoMs = 0;
};

class CheckDialog : public QDialog
{
    Q_OBJECT

  public:
    explicit CheckDialog(CheckFacts facts, QWidget *parent = nullptr);

  signals:
    /// Without the binding.
    void chosen(const kvscope::CheckOptions &options);
    /// The same, against the primary at `url`.
    void replicaChosen(const kvscope::ReplicaCheckOptions &options, const QString &url);

  private:
    void buildAdvanced(AdvancedFold *fold);
    void judge();
    QString complaint() const;
    QString forecast() const;
    Repair repair() const;
    CheckOptions options() const;
    void start();

    CheckFacts m_facts;
    QButtonGroup *m_repair;
    QLineEdit *m_recheck;
    QLineEdit *m_sample;
    QLineEdit *m_share;
    QLineEdit *m_rate;
    QLineEdit *m_wait;
    QLineEdit *m_etcd;
    QLineEdit *m_primary;
    QLabel *m_forecast;
    QLabel *m_complaint;
    QPushButton *m_start = nullptr;
};

} // namespace kvscope

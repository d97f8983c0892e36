// LabControls: how the lab generates: policy, budget, number format, comparison, pace, length.
#pragma once

#include "core/labrun/labsnapshot.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace kvscope {

class LabControls : public QWidget
{
    Q_OBJECT

  public:
    explicit LabControls(QWidget *parent = nullptr);

    LabPlan plan() const;
    LabPace pace() const;
    /// What the plan is compared with, in words; empty: nothing.
    QString otherName() const;
    void setPrompt(const QString &text);
    /// Generate or Stop; Step where a step is waited for.
    void showPhase(LabPhase phase);

    QPushButton *cacheButton() const { return m_cache; }

  signals:
    void generateRequested();
    void stopRequested();
    void stepRequested();
    void paceChosen(kvscope::LabPace pace);

  protected:
    void resizeEvent(QResizeEvent *event) override;

  private:
    void build();
    void showChoices();
    void activate();
    llm::PolicySpec policy(llm::PolicyKind kind) const;
    std::optional<llm::Session::Options> other() const;

    QComboBox *m_policy;
    QSpinBox *m_budget;
    QComboBox *m_format;
    QCheckBox *m_rotate;
    QComboBox *m_other;
    QComboBox *m_pace;
    QSpinBox *m_tokens;
    QPushButton *m_cache;
    QPushButton *m_step;
    QPushButton *m_generate;
    QLineEdit *m_prompt;
    LabPhase m_phase = LabPhase::Empty;
};

} // namespace kvscope

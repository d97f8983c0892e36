// ChoosingPopup: how tokens are chosen out of the model's distribution, and what happens where the
// context ends.
#pragma once

#include "core/llm/session.h"

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace kvscope {

/// A click elsewhere, Return or Escape closes it; what it holds stays.
class ChoosingPopup : public QDialog
{
    Q_OBJECT

  public:
    explicit ChoosingPopup(QWidget *parent);

    llm::SamplerOptions sampler() const;
    /// Puts the sampler, the context and what happens at its end into `options`.
    void fill(llm::Session::Options &options) const;
    /// "greedy", "T 0.8 · k 40 · p 0.95", and the context where it was chosen.
    QString summary() const;
    /// What happens at the context's end unless the person says otherwise.
    void suggestAtEnd(llm::AtContextEnd atEnd);
    /// The context can't change while a cache lives in it.
    void setContextEnabled(bool isEnabled);

    /// Below `anchor`, inside the screen.
    void openBelow(const QWidget &anchor);

  signals:
    void changed();

  protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

  private:
    void build();
    void showFields();
    llm::AtContextEnd atEnd() const;

    QDoubleSpinBox *m_temperature;
    QSpinBox *m_topK;
    QDoubleSpinBox *m_topP;
    QSpinBox *m_seed;
    QSpinBox *m_context;
    QComboBox *m_atEnd;
    QLabel *m_hint;
    bool m_wasChosen = false; ///< m_atEnd by the person
};

} // namespace kvscope

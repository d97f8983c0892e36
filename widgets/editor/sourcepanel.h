// SourcePanel: the row that the open key was made of, beside its value.
#pragma once

#include "core/async/lifetime.h"
#include "widgets/models/keyfreshness.h"

#include <QFrame>

class QLabel;
class QTableWidget;
class QToolButton;

namespace kvscope {

class DiffView;
class FreshnessChip;

/// Shown while the chip is pressed; follows its answers. Requires: the chip outlives it.
class SourcePanel : public QFrame
{
    Q_OBJECT

  public:
    SourcePanel(FreshnessChip *chip, QWidget *parent);

    QSize sizeHint() const override;

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void refresh();
    void retranslate();
    void showRow(const KeyFreshness &freshness);
    void compare(const KeyFreshness &freshness);

    FreshnessChip *m_chip;
    QLabel *m_title, *m_state, *m_note;
    QToolButton *m_close;
    QTableWidget *m_row;
    DiffView *m_diff;
    std::optional<Bytes> m_cache, m_source; // as compared last
    Lifetime m_comparing;
};

} // namespace kvscope

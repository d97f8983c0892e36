// ConflictPanel: what to do when the store's value is no longer the one that was opened.
#pragma once

#include "widgets/editor/threewayview.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace kvscope {

/// Takes the place of the editor's views until a choice is made. Nothing is written by itself.
class ConflictPanel : public QFrame
{
    Q_OBJECT

  public:
    explicit ConflictPanel(QWidget *parent = nullptr);

    /// The key holds another value now.
    void showChanged(std::shared_ptr<const ThreeTexts> texts);
    /// The key was deleted, or expired. `ttlMs` is what it would have left to live; not above zero:
    /// it is over; empty: it had no expiry.
    void showGone(std::shared_ptr<const ThreeTexts> texts, std::optional<std::int64_t> ttlMs);
    /// Creating the key anew was offered with the time it had left.
    bool offersTtl() const { return m_ttlMs.value_or(0) > 0; }

  signals:
    void mergeChosen();     ///< both changes together, to be looked at and saved
    void keepMineChosen();  ///< go on editing mine, now against theirs
    void overwriteChosen(); ///< write mine over theirs
    void takeTheirsChosen();
    void recreateChosen(); ///< write the key anew, with the time it had left if it had
    void recreateWithoutTtlChosen();
    void backChosen(); ///< to my text, nothing decided

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void showTexts(std::shared_ptr<const ThreeTexts> texts);
    void retranslate();
    void nameGone();
    QPushButton *addButton(const char *name, void (ConflictPanel::*signal)());

    QLabel *m_title;
    QLabel *m_text;
    ThreeWayView *m_view;
    QPushButton *m_back, *m_takeTheirs, *m_overwrite, *m_keepMine, *m_merge, *m_recreate;
    QPushButton *m_recreateWithoutTtl;
    bool m_gone = false;
    std::optional<std::int64_t> m_ttlMs; // of the key that has gone
};

} // namespace kvscope

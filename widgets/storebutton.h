// StoreButton: the open store's state, name and product; its menu switches to another.
#pragma once

#include "core/config/profiles.h"
#include "core/store/store.h"

#include <QToolButton>

class QMenu;

namespace kvscope {

/// Requires: the profiles outlive it.
class StoreButton : public QToolButton
{
    Q_OBJECT

  public:
    explicit StoreButton(const Profiles &profiles, QWidget *parent = nullptr);

    /// `store` may be null. Neither is kept.
    void showStore(const Store *store, const Profile &profile, const StoreState &state);

    QSize sizeHint() const override;

  signals:
    void profileChosen(const QString &name);
    void engineChosen();
    void connectChosen();
    void reconnectChosen();

  protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

  private:
    void fillMenu();
    QColor dotColor() const;

    const Profiles &m_profiles;
    QMenu *m_menu;
    QString m_name;
    QString m_product;
    Profile m_profile;
    StoreState m_state;
    bool m_reachedByKey = false; ///< the focus ring is for those who came by keyboard
};

} // namespace kvscope

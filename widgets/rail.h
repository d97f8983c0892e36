// Rail: the pages, one button each, and the gear below.
#pragma once

#include "widgets/navigator.h"

#include <QFrame>

#include <map>

class QButtonGroup;

namespace kvscope {

class RailButton;

class Rail : public QFrame
{
    Q_OBJECT

  public:
    explicit Rail(QWidget *parent = nullptr);

    void showCurrent(PageId page);
    /// The gear; menus open beside it.
    QWidget *gear() const;

  signals:
    void pageChosen(kvscope::PageId page);
    void settingsChosen();

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void retranslate();

    std::map<PageId, RailButton *> m_pages;
    RailButton *m_gear;
};

} // namespace kvscope

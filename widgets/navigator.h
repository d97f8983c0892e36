// Navigator: the only way from page to page. Pages ask it; nobody holds a pointer to another page.
#pragma once

#include "core/base/bytes.h"

#include <QObject>
#include <QString>

namespace kvscope {

enum class PageId : std::uint8_t { Browse, Live, Jobs, Lab };

struct Location
{
    PageId page = PageId::Browse;
    Bytes key{};       ///< Browse: the key to open, empty for none
    QString binding{}; ///< Jobs: the binding file to choose, empty for none
};

class Navigator : public QObject
{
    Q_OBJECT

  public:
    using QObject::QObject;

    void open(const Location &location);
    const Location &current() const { return m_current; }

  signals:
    void opened(const kvscope::Location &location);

  private:
    Location m_current;
};

} // namespace kvscope

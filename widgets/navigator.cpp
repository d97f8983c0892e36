// Navigator: remembers where the window is and tells who listens.
#include "widgets/navigator.h"

namespace kvscope {

void Navigator::open(const Location &location)
{
    m_current = location;
    emit opened(m_current);
}

} // namespace kvscope

// CustomPlot: QCustomPlot's header, which wants the `foreach` that our code goes without.
#pragma once

#ifndef foreach
// NOLINTNEXTLINE(bugprone-macro-parentheses): a declaration takes none
#define foreach(variable, container) for (variable : container)
#include <qcustomplot.h>
#undef foreach
#else
#include <qcustomplot.h>
#endif

// KeyFreshness: where its signals live.
#include "widgets/models/keyfreshness.h"

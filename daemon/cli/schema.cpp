#include "daemon/app/exit_status.h"
#include "daemon/cli/command.h"
#include "daemon/event/event_schema.h"

namespace newsd {

Command schema_command() {
  Command command{
      .name = "schema",
      .brief = "the JSON Schema of events",
      .about = "Prints the JSON Schema (draft 2020-12) that every event newsd writes conforms to: urn:newsd:event:1.",
      .options = {},
      .examples = {{"newsd schema > newsd-event-1.schema.json", "to validate with, or to make types from"},
                   {"newsd schema | jq '.\"$id\"'", "which version this newsd writes"}},
      .more = "man newsd, EVENTS"};
  command.run = [](Console& console) {
    console.out().write(embedded::event_schema());
    return static_cast<int>(kExitOk);
  };
  return command;
}

}  // namespace newsd

using System.Text.Json.Serialization;

namespace Sidecar.Features.Escalations;

/// <content>What happens to an incident besides its tasks.</content>
internal abstract partial record EscalationFact;

using System.Text.Json.Serialization;

namespace Sidecar.Features.Escalations;

/// <content>What happens about status updates.</content>
internal abstract partial record EscalationFact;

using System.Text.Json.Nodes;

namespace Sidecar.Storage;

/// <summary>Something that happened, as other systems are told it (HOOK-1). What only people of ours may know never becomes one.</summary>
/// <param name="Type">What happened: <c>escalation.raised</c>.</param>
/// <param name="Data">To what, and what else there is to say about it.</param>
public sealed record OutgoingFact(string Type, JsonObject Data);

using Sidecar.Ids;

namespace Sidecar.People;

/// <summary>Who ran set-up.</summary>
/// <param name="Person">The administrator's account; null when nobody knows.</param>
public sealed record Installer(UserId? Person);

using System.Text.Json;

namespace Sidecar.Settings;

/// <summary>
/// Thrown by a converter of a setting's type: what was found is none. What the administrator reads is where it stands,
/// what was found, and this message, which says what would be right: <c>write it as 15m or 3 working days</c>.
/// </summary>
public sealed class SettingException(string message) : JsonException(message);

namespace Sidecar.Settings;

/// <summary>
/// A setting as administrators see it. Its field in the System Console and its row in the documentation are made of
/// this; kind and default are those of the value itself.
/// </summary>
/// <param name="Key">Within its section: <c>acknowledge.sev1</c>.</param>
/// <param name="Name">A few words.</param>
/// <param name="Help">What it does, as a sentence; what can be written follows by itself.</param>
public sealed record SettingField(string Key, string Name, string Help)
{
    /// <summary>One for each severity: the keys <c>sev1</c> to <c>sev4</c> below one.</summary>
    public static IEnumerable<SettingField> PerSeverity(string key, string name, string help) =>
        Enumerable
            .Range(1, 4)
            .Select(s => new SettingField($"{key}.sev{s}", $"{name}, Sev {s}", help));
}

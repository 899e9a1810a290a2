using System.Text.Json.Serialization.Metadata;

namespace Sidecar.Settings;

/// <summary>
/// Numbers and choices of a feature that an administrator can change. Read once, at the start, from a section of the
/// settings file; the values of <c>new T()</c> are the defaults.
/// </summary>
/// <typeparam name="T">The settings themselves.</typeparam>
public interface ISettings<T>
    where T : class, ISettings<T>, new()
{
    /// <summary>The section's name in the settings file: <c>escalations</c>.</summary>
    static abstract string Section { get; }

    /// <summary>What it is about, as a heading.</summary>
    static virtual string Title => T.Section;

    /// <summary>Each value of it, as administrators see it; a test holds that none is missing.</summary>
    static virtual IReadOnlyList<SettingField> Fields => [];

    /// <summary>How the section is read; source-generated, unknown keys are not allowed.</summary>
    static abstract JsonTypeInfo<T> Json { get; }

    /// <summary>What is wrong with the values. The process does not start while there is anything.</summary>
    IEnumerable<SettingProblem> Problems();

    /// <summary>Reads the files that the settings name, once they have no <see cref="Problems"/>.</summary>
    /// <param name="folder">Of the settings file: what their paths begin at.</param>
    /// <param name="problems">Takes what is wrong with the files.</param>
    T WithFiles(string folder, ICollection<SettingProblem> problems) => (T)this;
}

/// <summary>A setting that can't be used.</summary>
/// <param name="Key">Within its section: <c>ladder.sev1.after</c>.</param>
/// <param name="Problem">What is wrong with its value, and what would be right; a sentence for an administrator.</param>
public sealed record SettingProblem(string Key, string Problem);

using Sidecar.Text;

namespace Sidecar.Features;

/// <summary>
/// The word by which people say in a form that something stays as it is, where leaving it empty says that and
/// <see cref="Interactions.NoneWord"/> takes it away: clients put back what was emptied after an error (M3), so only a
/// word always works.
/// </summary>
internal static class KeepWord
{
    /// <summary>The one that sentences name.</summary>
    public const string Text = "keep";

    /// <summary>Said with an error, of a form in which something may be left as it is.</summary>
    public static string AfterError(string what) =>
        $"To leave {what} as it is, write {Text} in it.";

    /// <summary>Nothing was written, or that nothing shall change.</summary>
    public static bool IsIn(string typed) => typed.Length == 0 || BareWord.Is(typed, Text);
}

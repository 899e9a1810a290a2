namespace Sidecar.Text;

/// <summary>
/// A word of ours in a sentence of somebody's: <c>off.</c>, <c>(noon)</c>, <c>**me**</c>. The marks around it, and those
/// that nobody sees, are no part of it.
/// </summary>
internal static class BareWord
{
    // Words are short; what is longer is none, and costs nothing.
    private const int Longest = 100;

    private const string Before = "([{<«‹\"'“”„‘’‚`*_~|";
    private const string Behind = ".,:;!?…)]}>»›\"'“”‟‘’`*_~|。、，：；！？";

    /// <summary>The word without what stands around it; as it is when nothing but marks is left.</summary>
    public static string Of(string typed)
    {
        if (typed.Length > Longest)
        {
            return typed;
        }

        var plain = UnseenMarks.Plain(typed).Trim();
        var bare = plain.TrimStart([.. Before]).TrimEnd([.. Behind, ' ']);
        return bare.Length > 0 ? bare : plain;
    }

    /// <summary>Whether it is that word, in whatever case.</summary>
    public static bool Is(string typed, string word) =>
        typed.Equals(word, StringComparison.OrdinalIgnoreCase)
        || NameFolding.Lower(Of(typed)).Equals(word, StringComparison.OrdinalIgnoreCase);
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Sidecar.Text;

/// <summary>Whole numbers as people of several countries type them, and as spreadsheets write them.</summary>
internal static partial class TypedNumber
{
    /// <summary>
    /// A whole number: <c>1200</c>, <c>1,200</c>, <c>1.200</c>, <c>1 200</c>, <c>1'200</c>, <c>1,20,000</c>, in the digits
    /// of any script. What has parts, such as <c>1,20</c>, is none.
    /// </summary>
    /// <returns>Null for what is none, or has more than 18 digits.</returns>
    public static long? Whole(string typed)
    {
        var text = BareWord.Of(typed);
        return text.Length <= Longest && Grouped().IsMatch(text)
            ? long.Parse(
                string.Concat(text.Where(char.IsAsciiDigit)),
                NumberStyles.None,
                CultureInfo.InvariantCulture
            )
            : null;
    }

    /// <summary>It has nothing but digits and what stands between them: a number, if not one that is taken.</summary>
    public static bool Looks(string typed)
    {
        var text = BareWord.Of(typed);
        return text.Length > 0 && text.All(char.IsAsciiDigit);
    }

    private const int Longest = 40;

    [GeneratedRegex(
        @"^(?:[0-9]{1,18}|[0-9]{1,3}(?<mark>[,.'’ _])[0-9]{3}(?:\k<mark>[0-9]{3}){0,4}|[0-9]{1,2}(?:,[0-9]{2}){1,6},[0-9]{3})$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Grouped();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Sidecar.Text;

/// <summary>Amounts of money as people type and read them. The product knows one currency, USD, and says so.</summary>
internal static partial class Usd
{
    /// <summary>No customer pays more in a year.</summary>
    public const decimal Largest = 1_000_000_000_000m;

    private const string Right = "write it as in 120,000, 120000.50, 120k or 1.2m";

    /// <summary>An amount as people read it: <c>USD 120,000</c>.</summary>
    public static string Show(decimal amount) => "USD " + Fill(amount);

    /// <summary>An amount as a form is filled with it: <c>120,000</c>.</summary>
    public static string Fill(decimal amount) =>
        amount.ToString(
            decimal.Truncate(amount) == amount ? "#,0" : "#,0.00",
            CultureInfo.InvariantCulture
        );

    /// <summary>An amount as it is kept in facts and files: <c>120000</c>.</summary>
    public static string Write(decimal amount) =>
        amount.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Reads what was typed.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="problem">What is wrong with it, as a sentence; empty when an amount is returned.</param>
    public static decimal? Read(string typed, out string problem)
    {
        problem = "";
        var text = Decoration().Replace(BareWord.Of(typed).ToLowerInvariant(), "");
        if (OtherCurrency().IsMatch(text))
        {
            problem = $"ARR is kept in USD: convert “{typed}” and {Right}.";
            return null;
        }

        var match = Amount().Match(text);
        if (!match.Success)
        {
            problem = text.StartsWith('-')
                ? "ARR can't be below zero."
                : $"“{typed}” is not an amount in USD: {Right}.";
            return null;
        }

        var number = decimal.Parse(
            match.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture
        );
        var amount = number * Factor(match.Groups["f"].Value);
        if (ThreeDecimals().IsMatch(match.Groups["n"].Value))
        {
            problem = $"“{typed}” can be read in two ways: {Right}.";
            return null;
        }

        if (amount > Largest)
        {
            problem = $"“{typed}” is more than any customer pays in a year: {Right}.";
            return null;
        }

        return decimal.Round(amount, 2, MidpointRounding.AwayFromZero);
    }

    private static decimal Factor(string suffix) =>
        suffix switch
        {
            "k" => 1_000m,
            "m" => 1_000_000m,
            _ => 1m,
        };

    // Thin and non-breaking spaces, and apostrophes, come with amounts copied from elsewhere.
    [GeneratedRegex(@"us\$|usd|\$|[\s_'’\u00A0\u202F]", Options, 1000)]
    private static partial Regex Decoration();

    [GeneratedRegex("[€£¥]|eur|gbp|chf|jpy|cad|aud", Options, 1000)]
    private static partial Regex OtherCurrency();

    [GeneratedRegex(
        @"^(?<n>([0-9]{1,13}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,6})?)(?<f>k|m)?$",
        Options,
        1000
    )]
    private static partial Regex Amount();

    [GeneratedRegex(@"^[0-9]{1,3}\.[0-9]{3}$", Options, 1000)]
    private static partial Regex ThreeDecimals();

    private const RegexOptions Options =
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
}

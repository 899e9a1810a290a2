using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Sidecar.Text;

namespace Sidecar.Csv;

/// <summary>What spreadsheets are known to make of what somebody typed into them.</summary>
internal static partial class SpreadsheetMarks
{
    private const int LongestCell = 60;

    /// <summary>1990 to 2099 as spreadsheets count days.</summary>
    private const int FirstSerial = 32_874;
    private const int LastSerial = 73_050;

    private static readonly DateOnly Epoch = new(1899, 12, 30);

    /// <summary>
    /// <c>#REF!</c>, <c>#N/A</c>, <c>#BEZUG!</c>, <c>#¡REF!</c>, <c>Err:502</c> in any language, or signs in place of a
    /// number for which the column is too narrow.
    /// </summary>
    public static bool IsError(string cell) =>
        cell.Length <= LongestCell && (Error().IsMatch(cell) || ErrorOfAnyLanguage().IsMatch(cell));

    /// <summary>Why this is hardly the name that somebody typed; null when it may be.</summary>
    /// <param name="cell">As it is read.</param>
    /// <param name="written">As it stands in the file, where what begins like a formula and is none is guarded.</param>
    public static string? WhyNoName(string cell, string written) =>
        written is ['=' or '＝', ..] or ['{', '=', ..]
            ? "is the formula of a cell and not what the cell shows"
        : Plain(cell) is not { } plain ? null
        : IsTruth(plain) ? "is what a spreadsheet shows for true or false"
        : Scientific().IsMatch(plain) || TrailingZero().IsMatch(plain)
            ? "looks like a number that a spreadsheet made of it"
        : Date().IsMatch(plain) ? "looks like a date that a spreadsheet made of it"
        : Time().IsMatch(plain) ? "looks like a time that a spreadsheet made of it"
        : null;

    /// <summary>
    /// The same for a key, which has no marks but hyphens of its own: what is written as an amount, a share or a number
    /// with parts is a spreadsheet's idea of it.
    /// </summary>
    public static string? WhyNoKey(string cell, string written) =>
        WhyNoName(cell, written)
        ?? (
            Plain(cell) is { } plain && (Parted().IsMatch(plain) || Formatted().IsMatch(plain))
                ? "looks like a number that a spreadsheet made of it"
                : null
        );

    /// <summary>Why this number is hardly the one that somebody typed; null when it may be.</summary>
    public static string? WhyNoNumber(string cell) =>
        Plain(cell) is not { } plain ? null
        : Scientific().IsMatch(plain)
            ? "is a number that a spreadsheet has shortened, so its last digits are not known"
        : InBrackets().IsMatch(plain) ? "is how spreadsheets show what is below zero"
        : null;

    /// <summary>The day that a spreadsheet means by a bare number, with a time of that day or without; null when it is none.</summary>
    public static DateOnly? Day(string cell) =>
        Plain(cell) is { } plain
        && Serial().Match(plain) is { Success: true } match
        && int.Parse(match.Groups["day"].Value, CultureInfo.InvariantCulture)
            is >= FirstSerial
                and <= LastSerial
                and var serial
            ? Epoch.AddDays(serial)
            : null;

    /// <summary>With digits and marks as a program writes them; null for what is too long to be one of these.</summary>
    private static string? Plain(string cell) =>
        cell.Length <= LongestCell ? UnseenMarks.Plain(cell).Trim() : null;

    // A company may be called Vero; a spreadsheet writes VERO.
    private static bool IsTruth(string cell) =>
        cell.Equals("true", StringComparison.OrdinalIgnoreCase)
        || cell.Equals("false", StringComparison.OrdinalIgnoreCase)
        || (cell.Length > 2 && Truths.Contains(cell));

    private static readonly FrozenSet<string> Truths =
        "WAHR FALSCH VRAI FAUX VERDADERO FALSO VERDADEIRO VERO WAAR ONWAAR PRAWDA FAŁSZ ИСТИНА ЛОЖЬ SANT FALSKT SAND FALSK TOSI EPÄTOSI DOĞRU YANLIŞ PRAVDA NEPRAVDA IGAZ HAMIS"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(
        @"^(#(REF!|N/A|N/D|N/B|N/DISP|NV|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|YOK|I/T|Н/Д)[!?]?|#{3,}|(Err|Error|Fehler|Erreur|Errore|Fout|Błąd|Ошибка):[0-9]{3})$",
        Options,
        1000
    )]
    private static partial Regex Error();

    // #BEZUG!, #¿NOMBRE?, #DZIEL/0!: always in capitals, at the end a mark.
    [GeneratedRegex(
        @"^#[¡¿]?[\p{Lu}\p{M}_]+(/[\p{Lu}0-9]+)?[!?]$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex ErrorOfAnyLanguage();

    // 1.20E+03, 1.E+3, .5E+1.
    [GeneratedRegex(@"^[+-]?(\d+([.,]\d*)?|[.,]\d+)E[+-]?\d+$", Options, 1000)]
    private static partial Regex Scientific();

    [GeneratedRegex(@"^\d+[.,]0+$", Options, 1000)]
    private static partial Regex TrailingZero();

    // 31-Jan-26, 1. Mai, Mrz 26, 2026/01/31, 31.1.2026 12:30: months by the names of the languages that tables come in.
    [GeneratedRegex(
        $@"^(\d{{1,2}}(\.\x20?|[-/\x20])({Months})\.?([-/.\x20]\d{{2,4}})?|({Months})\.?[-/.\x20]\d{{2,4}}|\d{{4}}([-/.])\d{{1,2}}[-/.]\d{{1,2}}([T\x20]{Clock})?|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}(\x20{Clock})?)$",
        Options,
        1000
    )]
    private static partial Regex Date();

    [GeneratedRegex($"^{Clock}$", Options, 1000)]
    private static partial Regex Time();

    // 1.5, 45000,5; in thousands as well: 1,200.
    [GeneratedRegex(@"^[+-]?(\d+[.,]\d+|\d{1,3}([.,]\d{3})+([.,]\d+)?)$", Options, 1000)]
    private static partial Regex Parted();

    // $5.00, 100,00 €, CHF 5, 50%, (500).
    [GeneratedRegex(
        $@"^(({Sign}\x20?|({Code})\x20){Amount}|{Amount}(\x20?({Sign}|%)|\x20({Code}))|\({Amount}\))$",
        Options,
        1000
    )]
    private static partial Regex Formatted();

    [GeneratedRegex(
        $@"^({Sign}|{Code})?\x20?\(({Sign}|{Code})?\x20?{Amount}\x20?({Sign}|{Code})?\)\x20?({Sign}|{Code})?$",
        Options,
        1000
    )]
    private static partial Regex InBrackets();

    [GeneratedRegex(@"^(?<day>\d{5})([.,]\d+)?$", Options, 1000)]
    private static partial Regex Serial();

    private const string Months =
        "jan(uary|uar)?|feb(ruary|ruar)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(t|tember)?|o[ck]t(ober)?|nov(ember)?|de[cz](ember)?|mrz|märz?|mai|juni|juli|janv(ier)?|févr?(ier)?|mars|avr(il)?|juin|juil(let)?|août?|déc(embre)?|ene(ro)?|abr(il)?|ago(sto)?|dic(iembre|embre)?|mrt|maart|mei|fev(ereiro)?|giu(gno)?|lug(lio)?|ott(obre)?";
    private const string Clock = @"\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?(\x20?[ap]\.?m\.?)?";
    private const string Sign = "[$€£¥]";

    // Beside a number without a blank they may be a key: cad1.
    private const string Code = @"USD|EUR|GBP|CHF|JPY|CAD|AUD|kr\.?|zł|Kč";
    private const string Amount = @"\d[\d.,'\x20]*";

    private const RegexOptions Options =
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
}

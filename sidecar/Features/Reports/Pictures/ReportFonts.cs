using System.Reflection;
using ScottPlot;
using SkiaSharp;

namespace Sidecar.Features.Reports.Pictures;

/// <summary>
/// The letters of pictures come with the product (Open Sans, SIL Open Font License): a bare machine has none at all, and
/// pictures without words say nothing.
/// </summary>
internal sealed class ReportFonts : IFontResolver
{
    public const string Name = "Open Sans";

    private static readonly Lazy<SKTypeface> Regular = new(() => Read("OpenSans-Regular.ttf"));
    private static readonly Lazy<SKTypeface> Bold = new(() => Read("OpenSans-Bold.ttf"));

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Name ? (bold ? Bold : Regular).Value : null;

    public SKTypeface? CreateTypeface(
        string fontName,
        FontWeight weight,
        FontSlant slant,
        FontSpacing spacing
    ) => CreateTypeface(fontName, weight >= FontWeight.SemiBold, italic: false);

    private static SKTypeface Read(string file)
    {
        using var font =
            Assembly.GetExecutingAssembly().GetManifestResourceStream("fonts/" + file)
            ?? throw new InvalidOperationException($"{file} is not in the program.");
        return SKTypeface.FromStream(font);
    }
}

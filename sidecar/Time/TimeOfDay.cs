using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Settings;

namespace Sidecar.Time;

/// <summary>A time of the day to the minute, from <c>00:00</c> to <c>24:00</c>, which is the end of the day.</summary>
/// <param name="Minutes">Since midnight, as the clock on the wall shows it.</param>
[JsonConverter(typeof(TimeOfDayJson))]
public readonly record struct TimeOfDay(int Minutes)
{
    private const int Most = 24 * 60;

    /// <summary>On a day; 24:00 is the next one's midnight.</summary>
    public DateTime On(DateOnly day) => day.ToDateTime(TimeOnly.MinValue).AddMinutes(Minutes);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Minutes / 60:00}:{Minutes % 60:00}");

    /// <summary>Reads <c>09:00</c> as it is stored, or what people write, see <see cref="TypedClock"/>; null when it is none.</summary>
    public static TimeOfDay? Read(string text) => Written(text) ?? TypedClock.Read(text);

    private static TimeOfDay? Written(string text) =>
        text.Split(':') is [{ Length: 1 or 2 } hours, { Length: 2 } minutes]
        && int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var h)
        && int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
        && m < 60
        && (h * 60) + m <= Most
            ? new TimeOfDay((h * 60) + m)
            : null;
}

/// <summary>Written and read as text.</summary>
internal sealed class TimeOfDayJson : JsonConverter<TimeOfDay>
{
    public override TimeOfDay Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        (reader.TokenType == JsonTokenType.String ? TimeOfDay.Read(reader.GetString()!) : null)
        ?? throw new SettingException(
            "this is not a time of day; write it as 09:00, from 00:00 to 24:00"
        );

    public override void Write(
        Utf8JsonWriter writer,
        TimeOfDay value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.ToString());
}

package dev.spillway.local.page.spend;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The prices of {@code prices.json} beside this class, in US dollars.
 *
 * @param asOf the day of the prices
 * @param region where they are asked
 * @param source where they are from, for a person
 */
public record Prices(String asOf, String region, String source, Fargate fargate, Ec2 ec2, Lambda lambda) {

    /** Linux on x86. */
    public record Fargate(double vcpuHour, double gbHour, int minimumSeconds) {}

    /** @param types all that have a price here */
    public record Ec2(int minimumSeconds, List<InstanceType> types) {
        public Ec2 {
            types = List.copyOf(types);
        }
    }

    /**
     * A type of instance.
     *
     * @param spotHourFrom the lowest price of Spot that was seen; null if none was
     * @param spotHourTo the highest; null if none was seen
     */
    public record InstanceType(
            String name,
            double onDemandHour,
            @Nullable Double spotHourFrom,
            @Nullable Double spotHourTo) {

        /** What Spot is counted at: without a maximum price of one's own it never costs more than on demand. */
        double spotHour() {
            return spotHourTo == null ? onDemandHour : spotHourTo;
        }
    }

    /** @param gbSecond for x86 */
    public record Lambda(double gbSecond, double millionRequests) {}

    /** What a person has to know of the figures. */
    public String sentence() {
        return "Prices of %s in %s. %s Spot counts at the highest price that was seen, or as on demand where none was, instances"
                        .formatted(asOf, region, source)
                + " count busy or not, and Fargate alone is what the same runs would have cost there, each in the smallest size that holds it.";
    }

    /** Reads the file. */
    public static Prices read() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();
        try (InputStream in =
                Objects.requireNonNull(Prices.class.getResourceAsStream("prices.json"), "prices.json is missing")) {
            return mapper.readValue(in, Prices.class);
        } catch (IOException e) {
            throw new UncheckedIOException("prices.json cannot be read", e);
        }
    }
}

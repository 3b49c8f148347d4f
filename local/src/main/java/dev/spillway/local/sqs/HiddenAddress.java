package dev.spillway.local.sqs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/** A loopback address that nobody can guess, where the operating system has more than one. */
final class HiddenAddress {

    private static final String PLAIN = "127.0.0.1";
    private static final SecureRandom RANDOM = new SecureRandom();

    private HiddenAddress() {}

    /**
     * An address 127.x.y.z with 24 random bits: on Linux and Windows all of 127.0.0.0/8 is loopback. On macOS only
     * 127.0.0.1 is, and is returned; there the random port is what hides ElasticMQ.
     */
    static String choose() {
        String random = "127.%d.%d.%d".formatted(octet(), octet(), octet());
        return canBind(random) ? random : PLAIN;
    }

    private static int octet() {
        return 1 + RANDOM.nextInt(254);
    }

    private static boolean canBind(String address) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
